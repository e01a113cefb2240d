import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import { blockerOf, decideAndReport, loadOrder, type Timeline } from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { returnMoneyIfStopped } from './return-money.ts';

/**
 * Takes what is held, once the order is screened. The provider knows the capture by `capture:{paymentId}`, so
 * repeating it takes nothing twice. An order that stopped while the provider was at it gets its money back.
 */
export async function capturePayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { paymentId, providerPaymentId, provider: code, total } = paymentOf(timeline);
  if (!mayCapture(timeline) || providerPaymentId === undefined) return;
  const provider = await deps.providerByCode(code);
  const command = { paymentId, providerPaymentId, amount: total };
  const reported = await provider.capture(toInstant(deps.clock()), command);
  const latest = await decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, reported));
  await returnMoneyIfStopped(deps, latest, cause);
}

/** Whether the money is held in full, and nothing but its being unpaid stands in the order's way. */
function mayCapture(timeline: Timeline): boolean {
  return paymentOf(timeline).status === 'authorised' && blockerOf(timeline.facts) === 'unpaid';
}
