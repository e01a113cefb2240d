import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toJson } from '../kernel/money.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  loadOrder,
  NotYet,
  orderStateOf,
  STOP_REFUND,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnPayment, decideOnRefund } from './apply-payment-update.ts';
import { providerOf } from './nothing-to-collect.ts';
import { isHeld, paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { ProviderPayment } from './provider.ts';

/**
 * Returns the money of a stopped order, and carries out every requested refund. An authorisation is voided. A capture
 * is refunded under an id that is recorded before the provider is asked. An authorisation that turns out to be captured
 * is recorded as captured and refunded. Repeating it returns nothing twice. Throws {@link NotYet} while the provider
 * can't void.
 */
export async function returnMoney(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  let timeline = await loadOrder(deps.timelines, orderId);
  if (isStopped(timeline)) {
    timeline = await voidAuthorisation(deps, timeline, cause);
    timeline = await requestRemainingRefund(deps, timeline, cause);
  }
  await payRefunds(deps, timeline, cause);
}

/** Undoes a provider's effect for an order that has meanwhile stopped. */
export async function returnMoneyIfStopped(
  deps: PaymentDeps,
  timeline: Timeline,
  cause: Cause,
): Promise<void> {
  const payment = paymentOf(timeline);
  const isAsked = payment.refunds.some(({ status }) => status === 'asked');
  const isOwed = isHeld(payment) || isAsked || refundable(payment).amountMinor > 0;
  if (isStopped(timeline) && isOwed) await returnMoney(deps, timeline.orderId, cause);
}

function isStopped({ facts }: Timeline): boolean {
  const { ended } = orderStateOf(facts);
  return ended === 'cancelled' || ended === 'expired';
}

function factsSinceStop({ facts }: Timeline): Timeline['facts'] {
  const stop = facts.findLastIndex(({ name }) => name === 'order.cancelled' || name === 'order.expired');
  return facts.slice(stop + 1);
}

async function voidAuthorisation(deps: PaymentDeps, timeline: Timeline, cause: Cause): Promise<Timeline> {
  const payment = paymentOf(timeline);
  const { orderId } = timeline;
  const { paymentId, providerPaymentId, authorisationReference, total } = payment;
  if (!isHeld(payment) || providerPaymentId === undefined) return timeline;
  const provider = await providerOf(deps, payment.provider);
  const reported = await provider.void(toInstant(deps.clock()), {
    ...{ orderId, paymentId, providerPaymentId, currency: total.currency },
    ...defined({ authorisationReference }),
  });
  const latest = await decideAndReport(deps, orderId, cause, (now) =>
    decideOnPayment(now, goneIfFailed(reported)),
  );
  if (isHeld(paymentOf(latest))) throw new NotYet(`the authorisation of ${paymentId} can't be voided yet`);
  return latest;
}

/** For a voided intent `failed` means the same: no money will come from it. */
export function goneIfFailed(reported: ProviderPayment): ProviderPayment {
  return reported.status === 'failed' ? { ...reported, status: 'voided' } : reported;
}

/**
 * Records a refund of the remaining amount. After such a refund failed, a person decides, so that we don't retry for
 * ever. An operator's refund that failed does not prevent this one, whenever it failed.
 */
function requestRemainingRefund(deps: PaymentDeps, timeline: Timeline, cause: Cause): Promise<Timeline> {
  const refundId = deps.newId('refund', deps.clock());
  return actOnOrder(deps, timeline.orderId, cause, (now): Decided[] => {
    const payment = paymentOf(now);
    const left = refundable(payment);
    if (left.amountMinor <= 0 || hasStopRefundFailed(now)) return [];
    const { paymentId } = payment;
    return [
      {
        name: 'refund.requested',
        data: { paymentId, refundId, amount: toJson(left), reason: STOP_REFUND },
      },
    ];
  });
}

function hasStopRefundFailed(timeline: Timeline): boolean {
  const since = factsSinceStop(timeline);
  const own = new Set(
    factsNamed(since, 'refund.requested').flatMap(({ data }) =>
      data.reason === STOP_REFUND ? [data.refundId] : [],
    ),
  );
  return factsNamed(since, 'refund.failed').some(({ data }) => own.has(data.refundId));
}

async function payRefunds(deps: PaymentDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId } = timeline;
  const payment = paymentOf(timeline);
  const { paymentId, providerPaymentId, authorisationReference, provider: code, refunds } = payment;
  const asked = refunds.filter(({ status }) => status === 'asked');
  if (asked.length === 0 || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const otherReferences = refunds.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  await forEachInTurn(asked, async ({ refundId, amount, askedAt }) => {
    const command = { orderId, paymentId, refundId, providerPaymentId, amount, askedAt };
    const reported = await provider.refund(toInstant(deps.clock()), {
      ...{ ...command, ...defined({ authorisationReference }) },
      otherReferences: [...otherReferences],
    });
    otherReferences.push(reported.providerReference);
    await decideAndReport(deps, orderId, cause, (now) => decideOnRefund(now, reported));
  });
}
