import { defined } from '../../../kernel/defined.ts';
import { readCallbackBody } from '../../../partners/partner-answer.ts';
import type { PaymentUpdate, ProviderRefund, ReportedPayment } from '../../provider.ts';
import { authenticationOf } from './authentication.ts';
import { disputeEvents, readDispute } from './disputes.ts';
import { type AdyenItem, notificationSchema, textOf, wordOf } from './item.ts';
import { readAmount } from './link.ts';
import { isAtOnce } from './offered-methods.ts';
import { type Referred, readReference } from './references.ts';

/** Events about a payment as a whole. `success` is `false` where it did not come about. */
const paymentEvents = ['AUTHORISATION', 'PENDING', 'OFFER_CLOSED', 'EXPIRE'] as const;

/** The outcomes of our own requests. */
const effectEvents = ['CAPTURE', 'CAPTURE_FAILED', 'CANCELLATION', 'TECHNICAL_CANCEL'] as const;

/**
 * The reasons of a capture that Adyen took again after its failure, which it does by itself within ten days
 * (docs.adyen.com/online-payments/capture/failure-reasons).
 */
const RECAPTURED = ['Transaction Recaptured', 'Transaction Auto-recaptured'];

/** Our status for each event about a refund that came about; one that did not has failed. */
const refundEvents: Readonly<Record<string, ProviderRefund['status']>> = {
  REFUND: 'paid',
  REFUND_FAILED: 'failed',
  REFUNDED_REVERSED: 'failed',
};

/** Events without new information for an order, and those for which the project has no step. */
const ignoredEvents = [
  'AUTHORISATION_ADJUSTMENT',
  'ISSUER_COMMENTS',
  'MANUAL_REVIEW_ACCEPT',
  'MANUAL_REVIEW_REJECT',
  'NOTIFICATION_OF_FRAUD',
  'ORDER_CLOSED',
  'ORDER_OPENED',
  'POSTPONED_REFUND',
  'PREARBITRATION_DECLINED',
  'PREARBITRATION_OPEN',
  'RECURRING_CONTRACT',
  'REPORT_AVAILABLE',
  'SCHEME_ARBITRATION',
] as const;

/** Every event that is read or ignored. Each other one is unrecognised and raises an alarm. */
export const adyenEvents: readonly string[] = [
  ...paymentEvents,
  ...effectEvents,
  ...Object.keys(refundEvents),
  ...disputeEvents,
  ...ignoredEvents,
];

/**
 * Translates one item. A capture or a cancellation that was refused at once is unrecognised: Adyen says no more, and a
 * person has to look.
 */
export function interpretAdyen(rawBody: Buffer): PaymentUpdate {
  const { notificationItems } = readCallbackBody('adyen', rawBody, notificationSchema);
  const item = notificationItems[0].NotificationRequestItem;
  const { eventCode } = item;
  if (isOneOf(ignoredEvents, eventCode)) return { kind: 'ignored', word: eventCode };
  if (disputeEvents.includes(eventCode)) return readDispute(item);
  const ours = readReference(item.merchantReference);
  if (Object.hasOwn(refundEvents, eventCode)) return readRefund(item, ours);
  if (!isOneOf(paymentEvents, eventCode) && !isOneOf(effectEvents, eventCode))
    return { kind: 'unrecognised', word: eventCode };
  // Another system made this payment in the same account.
  if (ours === undefined) return { kind: 'ignored', word: `${eventCode}: not our payment` };
  // The authorisation said it before: its reference is that of the money.
  if (eventCode === 'CAPTURE' && isAtOnce(ours.what)) return { kind: 'ignored', word: 'CAPTURE at once' };
  const payment = readPayment(item, ours);
  if (payment === undefined)
    return { kind: 'unrecognised', word: `${eventCode} ${item.success}: ${wordOf(item.reason)}` };
  return { kind: 'payment', orderId: ours.orderId, paymentId: ours.paymentId, payment };
}

function readPayment(item: AdyenItem, { what }: Referred): ReportedPayment | undefined {
  const { eventCode, success, pspReference, originalReference } = item;
  const amount = readAmount(item.amount);
  const head = { ...defined({ providerPaymentId: textOf(item, 'paymentLinkId') }), amount, captures: [] };
  const isDone = success === 'true';
  switch (eventCode) {
    case 'PENDING':
      return { ...head, status: 'waiting', isUnderWay: true };
    case 'OFFER_CLOSED':
      return { ...head, status: 'failed', failureCode: 'offer-closed' };
    case 'AUTHORISATION': {
      if (!isDone) return { ...head, status: 'failed', failureCode: wordOf(item.reason) };
      const authorised = { ...head, authorisationReference: pspReference };
      if (isAtOnce(what))
        return { ...authorised, status: 'captured', captures: [{ reference: pspReference, amount }] };
      return {
        ...authorised,
        status: 'authorised',
        authentication: authenticationOf(item.additionalData ?? {}),
      };
    }
    case 'CAPTURE':
      if (!isDone) return undefined;
      return {
        ...{ ...head, ...defined({ authorisationReference: originalReference }) },
        status: 'captured',
        captures: [
          {
            ...{ reference: pspReference, amount },
            ...(RECAPTURED.includes(item.reason ?? '') && { isAgain: true as const }),
          },
        ],
      };
    case 'CAPTURE_FAILED':
      return {
        ...{ ...head, status: 'authorised' },
        captureFailed: { reference: pspReference, code: wordOf(item.reason) },
      };
    default:
      return isDone ? { ...head, status: 'voided' } : undefined;
  }
}

/** A refund that was made in the Customer Area has no reference of ours: our books do not contain it. */
function readRefund(item: AdyenItem, ours: Referred | undefined): PaymentUpdate {
  const { eventCode, success, pspReference, reason } = item;
  if (ours === undefined || !ours.what.startsWith('ref_'))
    return { kind: 'unrecognised', word: `${eventCode}: not our refund` };
  const { orderId, paymentId, what: refundId } = ours;
  const status = success === 'true' ? (refundEvents[eventCode] ?? 'pending') : 'failed';
  const failureCode = status === 'failed' ? wordOf(reason) : undefined;
  return {
    ...{ kind: 'refund', orderId, paymentId },
    refund: {
      ...{ refundId, providerReference: pspReference, status, amount: readAmount(item.amount) },
      ...defined({ failureCode }),
    },
  };
}

const isOneOf = (words: readonly string[], word: string): boolean => words.includes(word);
