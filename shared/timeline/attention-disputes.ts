import type { Fact } from '../../events/all-events.ts';
import { ruleOfReason, WITHDRAWN } from './attention-reasons.ts';
import { isAboutEvidence } from './disputes.ts';

type Word = Fact<'payment.disputed'>['data'];

/** What the disputes of an order have come to, and what is still to be sent for the contested money. */
export interface Disputes {
  /** The latest word about each dispute. */
  readonly disputes: Map<string, Word>;
  /** The parcels that are still to be handed over. */
  readonly toGo: Set<string>;
}

/**
 * Whether the fact settles a reason that a dispute gave. The next word about the same dispute that asks for something
 * else ends the wait for evidence, and so does what became of the evidence. Money that is back is not missing, and
 * nothing can be kept back that has left.
 */
export function settlesDispute(
  known: Disputes,
  fact: Fact,
  { reason, dispute }: { readonly reason: string; readonly dispute?: string },
): boolean {
  if (reason === WITHDRAWN && known.toGo.size === 0) return true;
  if (isAboutEvidence(fact))
    return fact.data.providerReference === dispute && ruleOfReason(reason).settledBy.includes(fact.name);
  if (fact.name !== 'payment.disputed' || fact.data.providerReference !== dispute) return false;
  return reason === WITHDRAWN ? fact.data.withdrawn.amount === 0 : asksAnew(known, fact.data);
}

/** Whether the word asks for something else than the one before it about the same dispute. */
export function asksAnew({ disputes }: Pick<Disputes, 'disputes'>, word: Word): boolean {
  const before = disputes.get(word.providerReference);
  const asks = ({ status, amount, evidenceDueAt }: Word) => JSON.stringify([status, amount, evidenceDueAt]);
  return before === undefined || asks(word) !== asks(before);
}
