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
  givenBack,
  intentsOf,
  loadOrder,
  NotYet,
  nothing,
  orderStateOf,
  STOP_REFUND,
  type Timeline,
} from '../timeline/index.ts';
import { takesAmount, tooManyDigits } from './amount-digits.ts';
import { decideOnIntent, decideOnIntentRefund } from './apply-intent-update.ts';
import { goneIfFailed } from './gone-if-failed.ts';
import { providerOf } from './nothing-to-collect.ts';
import { isHeld, paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { ReportedPayment } from './provider.ts';
import { settleEarlier } from './settle-earlier.ts';
import { voidIntent } from './void-intent.ts';

/**
 * Returns the money of a stopped order, and carries out every requested refund. Intents that do not pay the order are
 * settled first: see {@link settleEarlier}. An authorisation is voided. A capture is refunded under an id that is
 * recorded before the provider is asked. An authorisation that turns out to be captured is recorded as captured and
 * refunded. Repeating it returns nothing twice. Throws {@link NotYet} while the provider can't void.
 */
export async function returnMoney(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const both = [() => settleEarlier(deps, timeline, cause), () => returnOwn(deps, timeline, cause)];
  await forEachInTurn(both, (settle) => settle());
}

async function returnOwn(deps: PaymentDeps, loaded: Timeline, cause: Cause): Promise<void> {
  const hasEarlier = intentsOf(loaded.facts).earlier.length > 0;
  let timeline = hasEarlier ? await loadOrder(deps.timelines, loaded.orderId) : loaded;
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
  const isAsked = payment.refunds.some(({ status, by }) => status === 'asked' && by === undefined);
  const isOwed = isHeld(payment) || isAsked || refundable(payment).amountMinor > 0;
  if (isStopped(timeline) && isOwed) await returnMoney(deps, timeline.orderId, cause);
}

/**
 * Voids an intent again that we took for void and of which the provider says that it is authorised: one that had failed
 * while we voided it may be paid afterwards. Its authorisation would hold the shopper's money for nothing.
 */
export async function voidLateAuthorisation(
  deps: PaymentDeps,
  timeline: Timeline,
  reported: { readonly paymentId: string } & Pick<ReportedPayment, 'status' | 'authorisationReference'>,
  cause: Cause,
): Promise<Timeline> {
  const { paymentId, status } = reported;
  const payment = paymentOf(timeline);
  const intent = [payment, ...payment.earlier].find((one) => one.paymentId === paymentId);
  const isTakenForVoid = intent?.status === 'voided' && intent.captures.length === 0;
  if (!isTakenForVoid || status !== 'authorised') return timeline;
  const { authorisationReference = reported.authorisationReference } = intent;
  const state = await voidIntent(deps, timeline, { ...intent, authorisationReference });
  if (state === undefined) return timeline;
  return decideAndReport(deps, timeline.orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, goneIfFailed(state)),
  );
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
  const { paymentId } = payment;
  if (!isHeld(payment)) return timeline;
  const reported = await voidIntent(deps, timeline, payment);
  const latest = await decideAndReport(deps, timeline.orderId, cause, (now) => {
    if (reported !== undefined) return decideOnIntent(now, { paymentId }, goneIfFailed(reported));
    return isHeld(paymentOf(now))
      ? { facts: [{ name: 'payment.voided', data: { paymentId } }], notices: [] }
      : nothing;
  });
  if (isHeld(paymentOf(latest))) throw new NotYet(`the authorisation of ${paymentId} can't be voided yet`);
  return latest;
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
    const data = { paymentId, refundId, amount: toJson(left), reason: STOP_REFUND };
    const more = () => deps.newId('refund', deps.clock());
    return givenBack(now.facts, { name: 'refund.requested', data }, more);
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
  const asked = refunds.filter(({ status, by }) => status === 'asked' && by === undefined);
  if (asked.length === 0 || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const otherReferences = refunds.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  await forEachInTurn(asked, async ({ refundId, amount, askedAt, captureReference }) => {
    const command = { orderId, paymentId, refundId, providerPaymentId, amount, askedAt };
    const ask = () =>
      provider.refund(toInstant(deps.clock()), {
        ...{ ...command, ...defined({ authorisationReference, captureReference }) },
        otherReferences: [...otherReferences],
      });
    // A part of the price may have more decimal places than the provider takes: then another amount or way is needed.
    const isTakeable = takesAmount(provider.methods, payment.method, amount);
    const reported = isTakeable ? await ask() : tooManyDigits(command);
    otherReferences.push(reported.providerReference);
    await decideAndReport(deps, orderId, cause, (now) => decideOnIntentRefund(now, { paymentId }, reported));
  });
}
