import { defined } from '../kernel/defined.ts';
import { unreachable } from '../kernel/invariant.ts';
import { add, compare, type Money, sum, toJson } from '../kernel/money.ts';
import type { Notice } from '../kernel/report.ts';
import {
  activeHold,
  captureAt,
  capturesDue,
  type Decided,
  type Decision,
  factsNamed,
  holdOnce,
  instalmentsOf,
  NotYet,
  nothing,
  orderStateOf,
  placedFact,
  restToRelease,
  type Timeline,
} from '../timeline/index.ts';
import { declinedInstalment, onInstalments } from './apply-instalment.ts';
import { onCaptureFailed, replacedBy } from './capture-failed.ts';
import { newCaptures } from './new-captures.ts';
import { isHeld, type Payment, paymentOf } from './payment.ts';
import type { ProviderCapture, ProviderPayment, ProviderRefund, ReportedPayment } from './provider.ts';
import { unbookedRefund } from './unbooked-refund.ts';

/**
 * The facts that follow from the provider's view of the intent, from a callback, a poll or an answer. Out-of-date
 * updates are ignored, so updates may arrive late, repeatedly and in any order. Effects on an order that has ended are
 * recorded, and undone by returning the money.
 */
export function decideOnPayment(
  timeline: Timeline,
  reported: ReportedPayment,
  callbackId?: string,
): Decision {
  const payment = paymentOf(timeline);
  const { providerPaymentId = payment.providerPaymentId } = reported;
  // The answer that names the intent is still on its way to the timeline.
  if (providerPaymentId === undefined)
    throw new NotYet(`the intent of ${payment.paymentId} is not known yet`);
  if (payment.providerPaymentId !== undefined && payment.providerPaymentId !== providerPaymentId) {
    return { facts: [], notices: [unknownPayment(timeline, providerPaymentId)] };
  }
  const started =
    payment.status === 'planned' ? [startedBy(payment, { ...reported, providerPaymentId })] : [];
  const decision = decideOnStatus(timeline, payment, reported, callbackId);
  return { ...decision, facts: [...started, ...decision.facts] };
}

function decideOnStatus(
  timeline: Timeline,
  payment: Payment,
  reported: ReportedPayment,
  callbackId: string | undefined,
): Decision {
  const isOpen = payment.status === 'planned' || isHeld(payment);
  if (reported.captureFailed !== undefined) return onCaptureFailed(timeline, payment, reported, onCapture);
  switch (reported.status) {
    case 'waiting':
      return nothing;
    case 'failed':
      return isOpen && payment.status !== 'authorised' ? onFailure(timeline, reported, callbackId) : nothing;
    case 'voided':
      return isOpen ? { facts: onVoid(timeline, payment), notices: [] } : onGone(timeline, payment, reported);
    case 'authorised':
      if (reported.declined !== undefined) return declinedInstalment(timeline, reported.declined);
      if (newCaptures(payment, reported).length > 0) return onCapture(timeline, payment, reported);
      if (!isOpen || payment.status === 'authorised') return nothing;
      return isSame(reported.amount, payment.total)
        ? { facts: [authorised(payment, reported)], notices: [] }
        : onOtherAmount(timeline, reported.amount, []);
    case 'captured':
      return onCapture(timeline, payment, reported);
    default:
      return unreachable(reported.status, 'every status of a provider is answered');
  }
}

/**
 * Some methods capture without authorising first. Then both facts are recorded, so that screening takes place. Money
 * that was captured is recorded with its real amount, whatever we asked for.
 */
function onCapture(timeline: Timeline, known: Payment, reported: ReportedPayment): Decision {
  const { payment, facts: replaced } = replacedBy(known, newCaptures(known, reported));
  const decision = onNewCaptures(timeline, payment, reported);
  return { ...decision, facts: [...replaced, ...decision.facts] };
}

function onNewCaptures(timeline: Timeline, payment: Payment, reported: ReportedPayment): Decision {
  const { paymentId } = payment;
  const { parcels } = placedFact(timeline).data;
  const added = newCaptures(payment, reported);
  const isFinal = reported.status === 'captured';
  if (added.length === 0) return isFinal ? onRestReleased(payment) : nothing;
  const heldFirst = payment.status === 'planned' || payment.status === 'started';
  const parts = instalmentsOf(timeline.facts);
  if (parts !== undefined) {
    const { facts, unlike } = onInstalments(payment, parts, added, reported);
    const whole = heldFirst ? [authorised(payment, reported), ...facts] : facts;
    return unlike === undefined
      ? { facts: whole, notices: [] }
      : onOtherAmount(timeline, unlike, whole, 'capture-differs');
  }
  const isAtDispatch = captureAt(timeline.facts) !== undefined;
  const other = otherAmount(payment, added, isFinal && !isAtDispatch);
  const unlike = other === undefined ? unlikeDue(timeline, payment, added, isFinal) : undefined;
  const isRight = other === undefined && unlike === undefined;
  const first = heldFirst && isRight ? [authorised(payment, reported)] : [];
  // Refunds need the reference, also those of money that came too late or in another amount.
  const isKnown = first.length > 0 || payment.authorisationReference !== undefined;
  const authorisationReference = isKnown ? undefined : reported.authorisationReference;
  const facts = added.map((capture, index): Decided => {
    const { captureId, reference: providerReference, amount, fee, bankReference, codeReference } = capture;
    const data = {
      ...{ paymentId, amount: toJson(amount), providerReference },
      ...defined({ parcelId: parcels.find(({ parcelId }) => parcelId === captureId)?.parcelId }),
      ...(isFinal && index === added.length - 1 ? {} : { isFinal: false }),
      ...(fee === undefined ? {} : { fee: toJson(fee) }),
      ...defined({ bankReference, codeReference, authentication: reported.authentication }),
      ...defined({ authorisationReference }),
    };
    return { name: 'payment.captured', data };
  });
  if (other !== undefined) return onOtherAmount(timeline, other, facts);
  if (unlike !== undefined) return onOtherAmount(timeline, unlike, facts, 'capture-differs');
  return { facts: [...first, ...facts], notices: [] };
}

/** Nothing more can be captured of an intent that we took for open. */
const onRestReleased = (payment: Payment): Decision =>
  payment.status === 'authorised' && payment.captures.length > 0
    ? { facts: [{ name: 'payment.voided', data: { paymentId: payment.paymentId } }], notices: [] }
    : nothing;

/**
 * What was captured in all, if it is more than the total, or the last capture is of the whole and it is less. Some
 * providers report one capture at a time.
 */
function otherAmount(
  { total, captures: known }: Payment,
  added: readonly ProviderCapture[],
  isWhole: boolean,
): Money | undefined {
  const captures = [...known, ...added];
  const stray = captures.find(({ amount }) => amount.currency !== total.currency);
  if (stray !== undefined) return stray.amount;
  const taken = sum(
    captures.map(({ amount }) => amount),
    total.currency,
  );
  const isRight = isWhole ? isSame(taken, total) : compare(taken, total) <= 0;
  return isRight ? undefined : taken;
}

/**
 * At dispatch: the captured amount that differs from the price of its parcel, or, with the last capture, all of it, if
 * it differs from what was due for all that left. Nothing is compared where nothing is due, as after a stop: then it
 * goes back.
 */
function unlikeDue(
  { facts }: Timeline,
  { captured, total }: Payment,
  added: readonly ProviderCapture[],
  isFinal: boolean,
): Money | undefined {
  const due = capturesDue(facts);
  if (due.length === 0) return undefined;
  const inAll = (amounts: readonly { readonly amount: Money }[]) =>
    add(
      captured,
      sum(
        amounts.map(({ amount }) => amount),
        total.currency,
      ),
    );
  if (isFinal && !isSame(inAll(added), inAll(due))) return inAll(added);
  return added.find(({ captureId, amount }) =>
    due.some((one) => one.parcelId === captureId && !isSame(one.amount, amount)),
  )?.amount;
}

function onFailure(timeline: Timeline, reported: ReportedPayment, callbackId: string | undefined): Decision {
  const { facts } = timeline;
  const failures = factsNamed(facts, 'payment.failed');
  const code = reported.failureCode ?? 'unknown';
  const { paymentId } = paymentOf(timeline);
  // A callback is identified by its id. A poll sees only the latest attempt of the intent, so the same code means the
  // same attempt.
  const isKnown =
    callbackId === undefined
      ? failures.findLast(({ data }) => data.paymentId === paymentId)?.data.code === code
      : failures.some((failure) => failure.data.callbackId === callbackId);
  if (isKnown || orderStateOf(facts).ended !== undefined) return nothing;
  const data = { paymentId, code, ...defined({ callbackId }) };
  return { facts: [{ name: 'payment.failed', data }], notices: [] };
}

/**
 * Some wallets give the money back if a payment is closed at the moment in which it is paid: the order has lost its
 * money, and a person looks at it. One that stopped gives it back in any case.
 */
function onGone({ facts }: Timeline, { status }: Payment, { captures }: ReportedPayment): Decision {
  const isLost = status === 'captured' && captures.length === 0 && orderStateOf(facts).ended === undefined;
  return isLost ? { facts: holdOnce(facts, 'payment-voided'), notices: [] } : nothing;
}

/**
 * The intent is gone. An order that was never paid ends with it; one whose authorisation lapsed needs a person, unless
 * nothing was left to be captured.
 */
function onVoid({ facts }: Timeline, { paymentId }: Payment): Decided[] {
  const voided: Decided = { name: 'payment.voided', data: { paymentId } };
  const { ended, isAuthorised } = orderStateOf(facts);
  if (ended !== undefined || restToRelease(facts) !== undefined) return [voided];
  return isAuthorised
    ? [voided, ...holdOnce(facts, 'payment-voided')]
    : [voided, { name: 'order.expired', data: {} }];
}

/** The amount differs from the one we asked for: the order stops here, a person has to look. */
function onOtherAmount(
  { orderId, facts }: Timeline,
  amount: Money,
  truth: readonly Decided[],
  reason: 'amount-differs' | 'capture-differs' = 'amount-differs',
): Decision {
  const isKnown = truth.length === 0 && activeHold(facts, reason) !== undefined;
  if (isKnown) return nothing;
  const detail = { orderId, amountMinor: amount.amountMinor, currency: amount.currency };
  return {
    facts: [...truth, ...holdOnce(facts, reason)],
    notices: [{ code: 'amount-differs', detail }],
  };
}

/** The facts that follow from the provider's view of one of our refunds. */
export function decideOnRefund(timeline: Timeline, reported: ProviderRefund): Decision {
  const payment = paymentOf(timeline);
  const refund = payment.refunds.find((candidate) => candidate.refundId === reported.refundId);
  // A refund made by hand at the provider has none of our ids: reconciliation books it, not this code.
  if (refund === undefined)
    return { facts: [], notices: [unknownPayment(timeline, reported.providerReference)] };
  const unbooked = unbookedRefund(timeline.facts, refund, reported);
  if (unbooked !== undefined) return unbooked;
  const { paymentId } = payment;
  const { refundId, providerReference } = reported;
  // A paid refund can be returned, if the shopper's bank did not accept it.
  if (reported.status === 'failed') {
    const code = reported.failureCode ?? 'unknown';
    return { facts: [{ name: 'refund.failed', data: { paymentId, refundId, code } }], notices: [] };
  }
  const amount = toJson(reported.amount);
  return {
    facts: [{ name: 'refund.paid', data: { paymentId, refundId, amount, providerReference } }],
    notices: isSame(reported.amount, refund.amount)
      ? []
      : [{ code: 'amount-differs', detail: { orderId: timeline.orderId, refundId } }],
  };
}

export const isSame = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor;

const authorised = ({ paymentId, total }: Payment, reported: ReportedPayment): Decided => {
  const { authorisationReference: providerReference, authentication } = reported;
  return {
    name: 'payment.authorised',
    data: { paymentId, amount: toJson(total), ...defined({ providerReference, authentication }) },
  };
};

const startedBy = (
  { paymentId, provider }: Payment,
  reported: Pick<ProviderPayment, 'providerPaymentId' | 'amount'>,
): Decided => ({
  name: 'payment.started',
  data: {
    paymentId,
    provider,
    providerPaymentId: reported.providerPaymentId,
    amount: toJson(reported.amount),
  },
});

const unknownPayment = ({ orderId }: Timeline, reference: string): Notice => ({
  code: 'callback-without-order',
  detail: { orderId, reference },
});
