import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  blockerOf,
  decideAndReport,
  holdOnce,
  loadOrder,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';
import { authenticationBy, isSufficient, needsAuthentication } from './strong-authentication.ts';

/**
 * Captures an authorised payment once the order is screened. The idempotency key is `capture:{paymentId}`, so repeating
 * it captures nothing twice. If the order stopped during the call, the money is returned. Where strong customer
 * authentication is the rule, nothing is captured without its outcome or an exemption: a person looks at such an order.
 */
export async function capturePayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { paymentId, providerPaymentId, provider: code, total } = paymentOf(timeline);
  if (!mayCapture(timeline) || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const authentication = await authenticationFor(deps, provider, timeline, providerPaymentId);
  if (authentication === 'missing') {
    await actOnOrder(deps, orderId, cause, ({ facts }) => holdOnce(facts, 'not-authenticated'));
    return;
  }
  const command = { paymentId, providerPaymentId, captureId: paymentId, amount: total, isFinal: true };
  const captured = await provider.capture(toInstant(deps.clock()), command);
  const reported = { ...captured, ...defined({ authentication }) };
  const latest = await decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, reported));
  await returnMoneyIfStopped(deps, latest, cause);
}

/** The outcome on which the money may be captured. Undefined where the rule does not hold. */
async function authenticationFor(
  deps: PaymentDeps,
  provider: BoundPaymentProvider,
  timeline: Timeline,
  providerPaymentId: string,
): Promise<ProviderPayment['authentication'] | 'missing'> {
  const { method, total } = paymentOf(timeline);
  const { country } = placedFact(timeline).data.landedCost.destination;
  if (!needsAuthentication(country) || total.amountMinor === 0) return undefined;
  const byNature = authenticationBy(provider, method);
  if (byNature !== undefined) return byNature;
  const { authentication } = await provider.find(toInstant(deps.clock()), { providerPaymentId });
  return isSufficient(authentication) ? authentication : 'missing';
}

/** Whether the full amount is authorised, and the missing capture is the order's only blocker. */
function mayCapture(timeline: Timeline): boolean {
  return paymentOf(timeline).status === 'authorised' && blockerOf(timeline.facts) === 'unpaid';
}
