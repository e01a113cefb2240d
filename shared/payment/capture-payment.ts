import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import { blockerOf, decideAndReport, loadOrder, type Timeline } from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { returnMoneyIfStopped } from './return-money.ts';

/**
 * Captures an authorised payment once the order is screened. The idempotency key is `capture:{paymentId}`, so repeating
 * it captures nothing twice. If the order stopped during the call, the money is returned.
 */
export async function capturePayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { paymentId, providerPaymentId, provider: code, total } = paymentOf(timeline);
  if (!mayCapture(timeline) || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const command = { paymentId, providerPaymentId, captureId: paymentId, amount: total, isFinal: true };
  const reported = await provider.capture(toInstant(deps.clock()), command);
  const latest = await decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, reported));
  await returnMoneyIfStopped(deps, latest, cause);
}

/** Whether the full amount is authorised, and the missing capture is the order's only blocker. */
function mayCapture(timeline: Timeline): boolean {
  return paymentOf(timeline).status === 'authorised' && blockerOf(timeline.facts) === 'unpaid';
}
