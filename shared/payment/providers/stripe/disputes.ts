import * as z from 'zod';
import { add, zero } from '../../../kernel/money.ts';
import { toInstant } from '../../../kernel/time.ts';
import type { ProviderDispute } from '../../provider.ts';
import { readAmount } from './answers.ts';

const statuses = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'appeal_needs_response',
  'appeal_under_review',
  'won',
  'lost',
  'prevented',
] as const;

/** The members of a Dispute that we read. */
export const disputeSchema = z.object({
  id: z.string(),
  object: z.literal('dispute'),
  status: z.enum(statuses),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  payment_intent: z.string(),
  evidence_details: z.object({ due_by: z.int().nullish() }),
  /** What was withdrawn and reinstated, each less Stripe's fee, in the currency of our balance. */
  balance_transactions: z.array(z.object({ fee: z.int(), currency: z.string() })).nullish(),
});

type StripeDispute = z.infer<typeof disputeSchema>;

/** Our status for each of Stripe's, and whether the money is with the shopper's bank meanwhile. */
const meaning: Record<StripeDispute['status'], readonly [ProviderDispute['status'], taken: boolean]> = {
  warning_needs_response: ['opened', false],
  warning_under_review: ['submitted', false],
  warning_closed: ['won', false],
  needs_response: ['evidence-due', true],
  under_review: ['submitted', true],
  appeal_needs_response: ['evidence-due', true],
  appeal_under_review: ['submitted', true],
  won: ['won', false],
  lost: ['lost', true],
  prevented: ['won', false],
};

export function toDispute(dispute: StripeDispute): ProviderDispute {
  const [status, taken] = meaning[dispute.status];
  const amount = readAmount(dispute.amount, dispute.currency);
  const due = dispute.evidence_details.due_by;
  const waits = status === 'opened' || status === 'evidence-due';
  return {
    ...{ disputeId: dispute.id, status, amount, reason: dispute.reason },
    withdrawn: taken ? amount : zero(amount.currency),
    ...feeOf(dispute),
    ...(waits && due != null ? { evidenceDueAt: toInstant(new Date(due * 1_000)) } : {}),
  };
}

/** What Stripe keeps for the dispute by now. Absent while nothing was withdrawn. */
function feeOf({ balance_transactions }: StripeDispute): Pick<ProviderDispute, 'fee'> {
  const [first, ...more] = (balance_transactions ?? []).map(({ fee, currency }) => readAmount(fee, currency));
  return first === undefined ? {} : { fee: more.reduce(add, first) };
}
