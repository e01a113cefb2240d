import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { zero } from '../../../kernel/money.ts';
import type { Instant } from '../../../kernel/time.ts';
import { partnerTimeSchema, readAnswer } from '../../../partners/partner-answer.ts';
import type { LookedUp, ProviderDispute } from '../../provider.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { readAmount } from './order.ts';
import { readReference } from './references.ts';

/** The members of a dispute that we read. */
const disputeSchema = z.object({
  dispute_id: z.string(),
  status: z.enum([
    ...(['OPEN', 'WAITING_FOR_BUYER_RESPONSE', 'WAITING_FOR_SELLER_RESPONSE', 'UNDER_REVIEW'] as const),
    ...(['RESOLVED', 'OTHER'] as const),
  ]),
  reason: z.string(),
  dispute_life_cycle_stage: z.enum(['INQUIRY', 'CHARGEBACK', 'PRE_ARBITRATION', 'ARBITRATION']),
  dispute_amount: z.object({ currency_code: z.string(), value: z.string() }),
  dispute_outcome: z.object({ outcome_code: z.string() }).optional(),
  seller_response_due_date: partnerTimeSchema.optional(),
  update_time: partnerTimeSchema.optional(),
  disputed_transactions: z
    .array(z.object({ seller_transaction_id: z.string(), custom: z.string().optional() }))
    .min(1),
});

type PayPalDispute = z.infer<typeof disputeSchema>;

/** Our status for each status of a claim that is open. In an inquiry no money moves: it is opened, or submitted. */
const open: Readonly<Record<Exclude<PayPalDispute['status'], 'RESOLVED'>, ProviderDispute['status']>> = {
  OPEN: 'evidence-due',
  WAITING_FOR_SELLER_RESPONSE: 'evidence-due',
  WAITING_FOR_BUYER_RESPONSE: 'submitted',
  UNDER_REVIEW: 'submitted',
  OTHER: 'submitted',
};

/** Our status for each outcome. `RESOLVED_WITH_PAYOUT`: PayPal itself paid the shopper. */
const outcomes: Readonly<Record<string, ProviderDispute['status']>> = {
  RESOLVED_BUYER_FAVOUR: 'lost',
  ACCEPTED: 'lost',
  RESOLVED_SELLER_FAVOUR: 'won',
  RESOLVED_WITH_PAYOUT: 'won',
  CANCELED_BY_BUYER: 'won',
  DENIED: 'won',
};

/** Asks for a dispute. What its transaction says of our order tells whose it is. */
export async function lookUpDispute(context: PayPalContext, id: string): Promise<LookedUp> {
  const path = `/v1/customer/disputes/${encodeURIComponent(id)}`;
  const response = await call(context, { method: 'GET', path });
  if (response.status >= 300) throw refusalOf(response);
  return toDispute(readAnswer('paypal', response, disputeSchema), context.now);
}

function toDispute(read: PayPalDispute, now: Instant): LookedUp {
  const { dispute_id: disputeId, dispute_life_cycle_stage: stage, reason, disputed_transactions } = read;
  const [transaction] = disputed_transactions;
  const owner = readReference(transaction?.custom, now);
  const outcome = read.dispute_outcome?.outcome_code ?? 'NONE';
  const isInquiry = stage === 'INQUIRY';
  const word = `dispute ${read.status} ${outcome}`;
  if (owner === undefined || transaction === undefined)
    return { kind: 'unrecognised', word: `${word}: not our payment` };
  const ended = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  const status = read.status === 'RESOLVED' ? ended : open[read.status];
  if (status === undefined) return { kind: 'unrecognised', word };
  const shown = isInquiry && status === 'evidence-due' ? 'opened' : status;
  const amount = readAmount(read.dispute_amount);
  const isTaken = shown === 'lost' || (!isInquiry && shown !== 'won');
  const waits = shown === 'opened' || shown === 'evidence-due';
  return {
    kind: 'dispute',
    owner: { orderId: owner.orderId, paymentId: owner.paymentId },
    providerPaymentId: transaction.seller_transaction_id,
    dispute: {
      ...{ disputeId, status: shown, amount, reason: reason.toLowerCase() },
      withdrawn: isTaken ? amount : zero(amount.currency),
      ...defined({
        evidenceDueAt: waits ? read.seller_response_due_date : undefined,
        statedAt: read.update_time,
      }),
    },
  };
}
