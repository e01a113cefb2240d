import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { type MoneyJson, toJson } from '../kernel/money.ts';
import { type Decision, factsNamed, nothing, type Timeline } from '../timeline/index.ts';
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
  const { disputeId, status, reason, evidenceDueAt, statedAt } = dispute;
  const before = factsNamed(timeline.facts, 'payment.disputed').findLast(
    ({ data }) => data.providerReference === disputeId,
  )?.data;
  const data: Known = {
    ...{ paymentId: paymentOf(timeline).paymentId, providerReference: disputeId, status },
    ...{ amount: toJson(dispute.amount), withdrawn: toJson(dispute.withdrawn), code: reason },
    ...defined({
      fee: dispute.fee === undefined ? before?.fee : toJson(dispute.fee),
      evidenceDueAt,
      statedAt,
    }),
  };
  if (before !== undefined && (isKnown(data, before) || isOlder(data, before))) return nothing;
  return { facts: [{ name: 'payment.disputed', data }], notices: [] };
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
