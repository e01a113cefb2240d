import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toInstant } from '../kernel/time.ts';
import { PartnerUnavailable } from '../partners/send.ts';
import { decideAndReport, loadOrder, orderStateOf } from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import type { NextAction } from './next-action.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { returnMoneyIfStopped } from './return-money.ts';

export interface StartedPayment {
  readonly paymentId: string;
  readonly nextAction: NextAction;
}

/**
 * Creates the intent at the provider and returns the shopper's next action. Asking again gives the same intent and the
 * same next action as long as the shopper can still pay. The idempotency key is `start:{paymentId}`, so a repeat after
 * an error or a lost answer never creates a second one.
 */
export async function startPayment(
  deps: PaymentDeps,
  orderId: string,
  { returnUrl }: { readonly returnUrl?: string } = {},
  cause: Cause = { by: 'shopper' },
): Promise<StartedPayment> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { paymentId, status, provider: code, method, total } = paymentOf(timeline);
  const isOver = orderStateOf(timeline.facts).ended !== undefined;
  if (isOver || (status !== 'planned' && status !== 'started'))
    return { paymentId, nextAction: { type: 'none' } };

  const provider = await deps.providerByCode(code);
  try {
    const { payment, nextAction } = await provider.start(toInstant(deps.clock()), {
      orderId,
      paymentId,
      amount: total,
      method,
      ...defined({ returnUrl }),
    });
    const latest = await decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, payment));
    await returnMoneyIfStopped(deps, latest, cause);
    const { providerPaymentId } = payment;
    if (paymentOf(latest).providerPaymentId === providerPaymentId) return { paymentId, nextAction };
    // Providers forget idempotency keys after about a day. The shopper must not pay an intent that isn't the order's
    // own.
    const unknownPayment = { paymentId: providerPaymentId, providerPaymentId, currency: total.currency };
    await provider.void(toInstant(deps.clock()), unknownPayment);
    return { paymentId, nextAction: { type: 'none' } };
  } catch (error) {
    if (error instanceof PartnerUnavailable) return { paymentId, nextAction: { type: 'pending' } };
    throw error;
  }
}
