import type { Cause } from '../../events/envelope.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  decideAndReport,
  loadOrder,
  orderStateOf,
  reservationOf,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnIntent } from './apply-intent-update.ts';
import { goneIfFailed } from './gone-if-failed.ts';
import { providerOf, waitsForNobody } from './nothing-to-collect.ts';
import { type Payment, paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';
import { startPayment } from './start-payment.ts';

/**
 * Asks the provider for the state of a payment without a callback. Once the reservation has lapsed the intent is voided
 * and the order expires: after the first reservation, or after the method's whole time if the payment is under way. It
 * is where the provider says so, and where the shopper holds a voucher or a QR code, or was asked on the phone. The
 * provider decides the race: if the shopper paid at the last moment the void is refused, and the payment counts. Where
 * nothing is to be paid, or the carrier collects it, no shopper is waited for: the payment is started.
 */
export async function checkPayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { paymentId, status, provider: code } = paymentOf(timeline);
  if (status === 'planned' && waitsForNobody({ provider: code })) {
    await startPayment(deps, orderId, {}, cause);
    return;
  }
  if (status === 'planned') await expireUnstarted(deps, orderId, cause);
  if (status !== 'started') return;

  const provider = await providerOf(deps, code);
  const { providerPaymentId } = started(timeline);
  const reported = await provider.find(toInstant(deps.clock()), { providerPaymentId });
  let latest = await decideAndReport(deps, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, reported),
  );
  if (paymentOf(latest).paymentId !== paymentId) return;
  const isUnderWay = reported.isUnderWay === true || isInHand(provider, latest);
  if (hasLapsed(latest, toInstant(deps.clock()), isUnderWay))
    latest = await voidLapsed(deps, provider, latest, cause);
  await returnMoneyIfStopped(deps, latest, cause);
}

/** Whether the shopper has all that is needed to pay, for as long as the method takes. */
function isInHand({ methods }: BoundPaymentProvider, timeline: Timeline): boolean {
  const { method } = paymentOf(timeline);
  const flow = methods.find((offered) => offered.method === method)?.flow;
  return flow === 'voucher' || flow === 'qr' || flow === 'push';
}

/** Whether the order waits for a payment whose time is over. */
function hasLapsed(timeline: Timeline, now: Instant, isUnderWay = false): boolean {
  const { status } = paymentOf(timeline);
  const isUnpaid = status === 'planned' || status === 'started';
  const { ended } = orderStateOf(timeline.facts);
  const { reservedUntil, payableUntil } = reservationOf(timeline.facts);
  const heldUntil = isUnderWay ? payableUntil : reservedUntil;
  return isUnpaid && ended === undefined && heldUntil <= now;
}

/** The intent was never created, so nothing needs to be voided. */
function expireUnstarted(deps: PaymentDeps, orderId: string, cause: Cause): Promise<Timeline> {
  return actOnOrder(deps, orderId, cause, (now): Decided[] =>
    paymentOf(now).status === 'planned' && hasLapsed(now, toInstant(deps.clock()))
      ? [{ name: 'order.expired', data: {} }]
      : [],
  );
}

async function voidLapsed(
  deps: PaymentDeps,
  provider: BoundPaymentProvider,
  timeline: Timeline,
  cause: Cause,
): Promise<Timeline> {
  const { orderId } = timeline;
  const { paymentId, providerPaymentId, total } = started(timeline);
  const query = { orderId, paymentId, providerPaymentId, currency: total.currency };
  const reported = await provider.void(toInstant(deps.clock()), query);
  return decideAndReport(deps, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, goneIfFailed(reported)),
  );
}

function started(timeline: Timeline): Payment & { readonly providerPaymentId: string } {
  const payment = paymentOf(timeline);
  const { providerPaymentId } = payment;
  if (providerPaymentId === undefined) throw new Error(`payment ${payment.paymentId} was not started`);
  return { ...payment, providerPaymentId };
}
