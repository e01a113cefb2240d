import * as z from 'zod';
import { add, type Money, negate, zero } from '../../../kernel/money.ts';
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

export const disputeStatusSchema = z.enum(statuses);

/** The members of a Dispute that we read. */
export const disputeSchema = z.object({
  id: z.string(),
  object: z.literal('dispute'),
  status: disputeStatusSchema,
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  payment_intent: z.string(),
  evidence_details: z.object({ due_by: z.int().nullish() }),
  /** What was withdrawn and reinstated, each less Stripe's fee, in the currency of our balance. */
  balance_transactions: z.array(z.object({ amount: z.int(), fee: z.int(), currency: z.string() })).nullish(),
});

type StripeDispute = z.infer<typeof disputeSchema>;

/**
 * Our status for each of Stripe's, and whether the money is with the shopper's bank meanwhile: this counts only where
 * the dispute does not say what was withdrawn. A dispute that was prevented is one that Visa's rapid resolution ended
 * by a refund to the cardholder, or an inquiry that went no further: what was withdrawn tells them apart.
 */
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
  prevented: ['lost', true],
};

/** Reads a dispute, as an event of that time has it. */
export function toDispute(dispute: StripeDispute, statedAt: Date): ProviderDispute {
  const [stated, isTaken] = meaning[dispute.status];
  const amount = readAmount(dispute.amount, dispute.currency);
  const withdrawn = withdrawnFor(dispute) ?? (isTaken ? amount : zero(amount.currency));
  const status = dispute.status === 'prevented' && withdrawn.amountMinor === 0 ? 'won' : stated;
  const due = dispute.evidence_details.due_by;
  const waits = status === 'opened' || status === 'evidence-due';
  return {
    ...{ disputeId: dispute.id, status, amount, reason: dispute.reason },
    ...{ withdrawn, statedAt: toInstant(statedAt) },
    ...feeOf(dispute),
    // Zero: the bank takes no answer to this dispute.
    ...(waits && due != null && due > 0 ? { evidenceDueAt: toInstant(new Date(due * 1_000)) } : {}),
  };
}

/**
 * What was withdrawn and not given back, in the currency of the payment. Where our balance is in another one, it tells
 * only whether the disputed amount is taken. Undefined where Stripe does not say it.
 */
function withdrawnFor({ amount, currency, balance_transactions }: StripeDispute): Money | undefined {
  if (balance_transactions == null) return undefined;
  const left = balance_transactions.reduce((sum, one) => sum + one.amount, 0);
  if (left >= 0) return zero(readAmount(amount, currency).currency);
  return balance_transactions.every((one) => one.currency === currency)
    ? negate(readAmount(left, currency))
    : readAmount(amount, currency);
}

/** What Stripe keeps for the dispute by now. Absent while nothing was withdrawn. */
function feeOf({ balance_transactions }: StripeDispute): Pick<ProviderDispute, 'fee'> {
  const [first, ...more] = (balance_transactions ?? []).map(({ fee, currency }) => readAmount(fee, currency));
  return first === undefined ? {} : { fee: more.reduce(add, first) };
}
