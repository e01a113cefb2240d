import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { type MoneyJson, toJson } from '../kernel/money.ts';
import {
  type Decision,
  type EarlierIntent,
  factsNamed,
  holdOnce,
  INTENT_DISPUTED,
  NotYet,
  nothing,
  type Timeline,
} from '../timeline/index.ts';
import { paymentOf } from './payment.ts';
import type { ProviderDispute } from './provider.ts';

type Known = Fact<'payment.disputed'>['data'];

/**
 * How far a dispute has come, for words that no time puts in order. A question that was answered can become a
 * chargeback, which takes the money. Some providers take it only once the dispute is lost: then the answer to the
 * chargeback has no money either.
 */
function rankOf({ status, withdrawn }: Pick<Known, 'status' | 'withdrawn'>): number {
  const isTaken = withdrawn.amount !== 0;
  if (status === 'evidence-due') return isTaken ? 3 : 1;
  if (status === 'submitted') return isTaken ? 4 : 2;
  return { opened: 0, won: 5, lost: 6 }[status];
}

/**
 * The fact that follows from the provider's view of a dispute. What is known, or older than what is known, changes
 * nothing, so that updates may come late, repeatedly and in any order. A dispute may go on after an answer, and begin
 * again after a decision: only the times of the words tell a step back from a word that comes late.
 */
export function decideOnDispute(timeline: Timeline, dispute: ProviderDispute): Decision {
  const { paymentId } = paymentOf(timeline);
  const data = newWord(timeline, 'payment.disputed', { paymentId, dispute });
  return data === undefined ? nothing : { facts: [{ name: 'payment.disputed', data }], notices: [] };
}

/**
 * The same for the money of an intent that was left. What the dispute took is not refunded as well, and a person looks
 * while the provider waits for an answer, and at what is lost. Where the intent is void and brought no money that we
 * know, a person looks and nothing is booked. Throws {@link NotYet} while the intent is open: it may turn out paid, and
 * pay the order.
 */
export function decideOnEarlierDispute(
  timeline: Timeline,
  { paymentId, provider, status }: EarlierIntent,
  dispute: ProviderDispute,
): Decision {
  if (status === 'open') throw new NotYet(`whether ${paymentId} brought money is not known yet`);
  const hold = holdOnce(timeline.facts, INTENT_DISPUTED);
  if (status === 'voided') return { facts: hold, notices: [] };
  const data = newWord(timeline, 'intent.disputed', { paymentId, dispute });
  if (data === undefined) return nothing;
  const isForPerson = data.status !== 'submitted' && data.status !== 'won';
  const fact = { name: 'intent.disputed', data: { provider, ...data } } as const;
  return { facts: [fact, ...(isForPerson ? hold : [])], notices: [] };
}

/** What a provider's word about a dispute adds to those that are known; undefined if it adds nothing. */
function newWord(
  { facts }: Timeline,
  name: 'payment.disputed' | 'intent.disputed',
  { paymentId, dispute }: { readonly paymentId: string; readonly dispute: ProviderDispute },
): Known | undefined {
  const { disputeId, status, reason, evidenceDueAt, statedAt } = dispute;
  const before = factsNamed(facts, name).findLast(({ data }) => data.providerReference === disputeId)?.data;
  const data: Known = {
    ...{ paymentId, providerReference: disputeId, status },
    ...{ amount: toJson(dispute.amount), withdrawn: toJson(dispute.withdrawn), code: reason },
    ...defined({
      fee: dispute.fee === undefined ? before?.fee : toJson(dispute.fee),
      evidenceDueAt,
      statedAt,
    }),
  };
  return before !== undefined && (isKnown(data, before) || isOlder(data, before)) ? undefined : data;
}

/** A later word that says the same is kept as well: its time tells which words between the two are too late. */
function isKnown(word: Known, before: Known): boolean {
  if ((word.statedAt ?? '') > (before.statedAt ?? '')) return false;
  const text = ({ status, amount, withdrawn, fee, evidenceDueAt }: Known) =>
    JSON.stringify([status, evidenceDueAt, ...[amount, withdrawn, fee].map(amountOf)]);
  return text(word) === text(before);
}

const amountOf = (of: MoneyJson | undefined) => `${of?.amount ?? ''} ${of?.currency ?? ''}`;

function isOlder(word: Known, before: Known): boolean {
  if (word.statedAt !== undefined && before.statedAt !== undefined && word.statedAt !== before.statedAt)
    return word.statedAt < before.statedAt;
  return rankOf(word) < rankOf(before);
}
