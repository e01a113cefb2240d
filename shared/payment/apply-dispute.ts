import { defined } from '../kernel/defined.ts';
import { fromJson, toJson } from '../kernel/money.ts';
import { type Decision, factsNamed, nothing, type Timeline } from '../timeline/index.ts';
import { paymentOf } from './payment.ts';
import type { ProviderDispute } from './provider.ts';

type Step = Pick<ProviderDispute, 'status'> & { readonly withdrawn: { readonly amountMinor: number } };

/**
 * A dispute only moves on. A question that was answered, before any money was taken, may still become a dispute. One
 * that was won can be lost after all, in arbitration.
 */
function rankOf({ status, withdrawn }: Step): number {
  if (status === 'submitted') return withdrawn.amountMinor === 0 ? 1 : 3;
  return { opened: 0, 'evidence-due': 2, won: 4, lost: 5 }[status];
}

/**
 * The fact that follows from the provider's view of a dispute. What is known, or older than what is known, changes
 * nothing, so that updates may come late, repeatedly and in any order.
 */
export function decideOnDispute(timeline: Timeline, dispute: ProviderDispute): Decision {
  const { disputeId, status, reason, evidenceDueAt } = dispute;
  const before = factsNamed(timeline.facts, 'payment.disputed').findLast(
    ({ data }) => data.providerReference === disputeId,
  )?.data;
  const known = before && rankOf({ status: before.status, withdrawn: fromJson(before.withdrawn) });
  if (known !== undefined && rankOf(dispute) <= known) return nothing;
  const data = {
    ...{ paymentId: paymentOf(timeline).paymentId, providerReference: disputeId, status },
    ...{ amount: toJson(dispute.amount), withdrawn: toJson(dispute.withdrawn), code: reason },
    ...(dispute.fee === undefined ? {} : { fee: toJson(dispute.fee) }),
    ...defined({ evidenceDueAt }),
  };
  return { facts: [{ name: 'payment.disputed', data }], notices: [] };
}
