import type { Cause } from '../../events/envelope.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  decideAndReport,
  loadOrder,
  orderStateOf,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import { collectsNothing, providerOf } from './nothing-to-collect.ts';
import { type Payment, paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';
import { goneIfFailed, returnMoneyIfStopped } from './return-money.ts';
import { startPayment } from './start-payment.ts';

/**
 * Asks the provider for the state of a payment without a callback. Once the reservation has lapsed the intent is voided
 * and the order expires: after the first reservation, or after the method's whole time if the provider says that the
 * shopper's payment is under way. The provider decides the race: if the shopper paid at the last moment the void is
 * refused, and the payment counts. Where nothing is to be paid no shopper is waited for: the payment is started.
 */
export async function checkPayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const { status, provider: code } = paymentOf(timeline);
  if (status === 'planned' && collectsNothing({ provider: code })) {
    await startPayment(deps, orderId, {}, cause);
    return;
  }
  if (status === 'planned') await expireUnstarted(deps, orderId, cause);
  if (status !== 'started') return;

  const provider = await providerOf(deps, code);
  const { providerPaymentId } = started(timeline);
  const reported = await provider.find(toInstant(deps.clock()), { providerPaymentId });
  let latest = await decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, reported));
  if (hasLapsed(latest, toInstant(deps.clock()), reported))
    latest = await voidLapsed(deps, provider, latest, cause);
  await returnMoneyIfStopped(deps, latest, cause);
}

type IsUnderWay = Pick<ProviderPayment, 'isUnderWay'>;

/** Whether the order waits for a payment whose time is over. */
function hasLapsed(timeline: Timeline, now: Instant, { isUnderWay }: IsUnderWay = {}): boolean {
  const { status } = paymentOf(timeline);
  const isUnpaid = status === 'planned' || status === 'started';
  const { ended } = orderStateOf(timeline.facts);
  const { reservedUntil, payableUntil = reservedUntil } = placedFact(timeline).data;
  const heldUntil = isUnderWay === true ? payableUntil : reservedUntil;
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
  return decideAndReport(deps, orderId, cause, (now) => decideOnPayment(now, goneIfFailed(reported)));
}

function started(timeline: Timeline): Payment & { readonly providerPaymentId: string } {
  const payment = paymentOf(timeline);
  const { providerPaymentId } = payment;
  if (providerPaymentId === undefined) throw new Error(`payment ${payment.paymentId} was not started`);
  return { ...payment, providerPaymentId };
}
