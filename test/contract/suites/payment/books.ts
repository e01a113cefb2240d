import { toJson } from '../../../../shared/kernel/money.ts';
import { decideOnDispute } from '../../../../shared/payment/apply-dispute.ts';
import { decideOnPayment, decideOnRefund } from '../../../../shared/payment/apply-payment-update.ts';
import { paymentOf } from '../../../../shared/payment/payment.ts';
import type { LookedUp, PaymentUpdate, ProviderPayment } from '../../../../shared/payment/provider.ts';
import type { Decided } from '../../../../shared/timeline/index.ts';
import { placed, refundRequested } from '../../../builders/facts.ts';
import { landedCost } from '../../../builders/landed-cost.ts';
import { timelineOf } from '../../../builders/timeline.ts';
import { type Intent, partOf } from './intent.ts';

/** The facts of an order of that amount after these updates, in turn. */
export function applied(intent: Intent, updates: readonly PaymentUpdate[]): Decided[] {
  const cost = landedCost();
  const { paymentId, refundId, method, providerPaymentId } = intent;
  const total = toJson(intent.amount);
  const part = toJson(partOf(intent.amount, 1));
  const facts: Decided[] = [
    placed({
      landedCost: { ...cost, totals: { ...cost.totals, total } },
      payment: { paymentId, method, provider: 'any' },
    }),
    { name: 'payment.started', data: { paymentId, provider: 'any', providerPaymentId, amount: total } },
    refundRequested({ refundId, amount: part }),
  ];
  for (const update of updates) {
    const timeline = timelineOf(facts);
    if (update.kind === 'payment') facts.push(...decideOnPayment(timeline, update.payment).facts);
    if (update.kind === 'refund') facts.push(...decideOnRefund(timeline, update.refund).facts);
    if (update.kind === 'dispute') facts.push(...decideOnDispute(timeline, update.dispute).facts);
  }
  return facts;
}

/** The payment as our books have it after these updates; as it was answered where they know no more than its start. */
export function bookedPayment(
  intent: Intent,
  answer: ProviderPayment,
  updates: readonly LookedUp[],
): ProviderPayment {
  const said = updates.filter((one) => one.kind === 'payment');
  const { status, captures } = paymentOf(timelineOf(applied(intent, said)));
  const { providerPaymentId, amount } = intent;
  if (status === 'planned' || status === 'started') {
    const latest = said.at(-1)?.payment;
    const { failureCode } = latest ?? {};
    const isDeclined = answer.status === 'waiting' && latest?.status === 'failed';
    return isDeclined && failureCode !== undefined ? { ...answer, status: 'failed', failureCode } : answer;
  }
  const taken = captures.map((capture) => ({ reference: capture.reference, amount: capture.amount }));
  return { providerPaymentId, status, amount, captures: taken };
}
