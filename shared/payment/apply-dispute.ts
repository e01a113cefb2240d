import { defined } from '../kernel/defined.ts';
import { toJson } from '../kernel/money.ts';
import { type Decision, factsNamed, nothing, type Timeline } from '../timeline/index.ts';
import { paymentOf } from './payment.ts';
import type { ProviderDispute } from './provider.ts';

/** A dispute only moves on. One that was won can be lost after all, in arbitration. */
const rank: Readonly<Record<ProviderDispute['status'], number>> = {
  opened: 0,
  'evidence-due': 1,
  submitted: 2,
  won: 3,
  lost: 4,
};

/**
 * The fact that follows from the provider's view of a dispute. What is known, or older than what is known, changes
 * nothing, so that updates may come late, repeatedly and in any order.
 */
export function decideOnDispute(timeline: Timeline, dispute: ProviderDispute): Decision {
  const { disputeId, status, reason, evidenceDueAt } = dispute;
  const before = factsNamed(timeline.facts, 'payment.disputed').findLast(
    ({ data }) => data.providerReference === disputeId,
  )?.data;
  if (before !== undefined && rank[status] <= rank[before.status]) return nothing;
  const data = {
    ...{ paymentId: paymentOf(timeline).paymentId, providerReference: disputeId, status },
    ...{ amount: toJson(dispute.amount), withdrawn: toJson(dispute.withdrawn), code: reason },
    ...(dispute.fee === undefined ? {} : { fee: toJson(dispute.fee) }),
    ...defined({ evidenceDueAt }),
  };
  return { facts: [{ name: 'payment.disputed', data }], notices: [] };
}
