import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import type { ProviderDispute } from '../../provider.ts';
import { readAmount } from './answers.ts';

/** The members of a dispute that we read. */
export const disputeSchema = z.object({
  id: z.string(),
  payment_id: z.string(),
  amount: z.int(),
  currency: z.string(),
  amount_deducted: z.int().default(0),
  reason_code: z.string().nullish(),
  respond_by: z.int().nullish(),
  status: z.string(),
  phase: z.string().nullish(),
});

/** Phases in which the bank only asks. */
const questions = ['fraud', 'retrieval'];

/** A question is closed without a decision: the money stays. */
const statuses: Readonly<Record<string, ProviderDispute['status']>> = {
  open: 'evidence-due',
  under_review: 'submitted',
  won: 'won',
  lost: 'lost',
  closed: 'won',
};

/**
 * Translates a dispute; undefined for a status that we don't know. Razorpay takes the money once it is lost, so that
 * only the time of the event, in seconds, puts its words in order.
 */
export function toDispute(
  dispute: z.infer<typeof disputeSchema>,
  happenedAt: number | undefined,
): ProviderDispute | undefined {
  const word = lookUp(statuses, dispute.status);
  if (word === undefined) return undefined;
  const status = word === 'evidence-due' && questions.includes(dispute.phase ?? '') ? 'opened' : word;
  const { respond_by: seconds, currency } = dispute;
  return {
    ...{ disputeId: dispute.id, status, amount: readAmount(dispute.amount, currency) },
    withdrawn: readAmount(status === 'won' ? 0 : dispute.amount_deducted, currency),
    reason: dispute.reason_code ?? dispute.phase ?? 'dispute',
    ...defined({
      evidenceDueAt: seconds == null || word !== 'evidence-due' ? undefined : toTime(seconds),
      statedAt: happenedAt === undefined ? undefined : toTime(happenedAt),
    }),
  };
}

const toTime = (seconds: number) => new Date(seconds * 1_000).toISOString();
