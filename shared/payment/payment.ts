import type { Fact } from '../../events/all-events.ts';
import type { Authentication } from '../../events/authentication.ts';
import { unreachable } from '../kernel/invariant.ts';
import { add, fromJson, type Money, sum, zero } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { defineTransitions, mayMove } from '../kernel/transitions.ts';
import {
  currentIntent,
  type EarlierIntent,
  intentsOf,
  leftOf,
  NO_ANSWER,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';

type PaymentStatus = 'planned' | 'started' | 'authorised' | 'captured' | 'voided';

/**
 * The legal transitions. A capture is final: a refund is a separate record. A voided intent that turns out to be
 * captured is recorded as captured, because we have the money and must return it.
 */
const paymentTransitions = defineTransitions<PaymentStatus>('planned', {
  // An intent that was asked for without an answer may turn out not to be there.
  planned: ['started', 'voided'],
  started: ['authorised', 'captured', 'voided'],
  authorised: ['captured', 'voided'],
  captured: [],
  // The rest of a partly captured intent is voided: what was captured stays.
  voided: ['captured'],
});

interface Refund {
  readonly refundId: string;
  readonly amount: Money;
  readonly status: 'asked' | 'paid' | 'failed';
  /** The operator's request that asked for it, if there was one. */
  readonly requestId: string | undefined;
  readonly askedAt: Instant;
  /** The provider's reference, once it was paid. */
  readonly reference: string | undefined;
  /** The capture that it is given back from; undefined where there is one for all. */
  readonly captureReference: string | undefined;
  /** How a person returns it; undefined if the provider does. */
  readonly by: Fact<'refund.requested'>['data']['by'];
  /** The units that it names. */
  readonly lines: Fact<'refund.requested'>['data']['lines'];
}

interface Capture {
  /** The provider's reference. */
  readonly reference: string;
  /** The parcel whose price it is; undefined for a capture of the whole. */
  readonly parcelId: string | undefined;
  readonly amount: Money;
}

/** An order's payment, folded from its facts: the intent that pays it, and those that were left. */
export interface Payment {
  readonly paymentId: string;
  readonly provider: string;
  readonly method: string;
  /** The order's total. */
  readonly total: Money;
  readonly status: PaymentStatus;
  /** Whether the provider was asked for the intent and gave no answer: it may be there without a name. */
  readonly isUnanswered?: true;
  /** The intent at the provider, once there is one. */
  readonly providerPaymentId: string | undefined;
  /** The provider's reference for captures, voids and refunds, where it is another one. */
  readonly authorisationReference: string | undefined;
  /** How the shopper was authenticated, where the provider said it with the authorisation. */
  readonly authentication: Authentication | undefined;
  readonly captures: readonly Capture[];
  /** The references of captures that failed after they were reported: they are not in {@link Payment.captures}. */
  readonly failedCaptures: readonly string[];
  /** The sum of the captures in the currency of the order. */
  readonly captured: Money;
  readonly refunds: readonly Refund[];
  /** By dispute: what the provider has taken back. */
  readonly withdrawn: Readonly<Record<string, Money>>;
  /** The intents from which the payment was moved away. What became of them is no part of the figures above. */
  readonly earlier: readonly EarlierIntent[];
}

type PaymentFact = Extract<Fact, { name: `payment.${string}` | `refund.${string}` }>;

export function paymentOf(timeline: Timeline): Payment {
  const { facts } = timeline;
  const total = fromJson(placedFact(timeline).data.landedCost.totals.total);
  // Only an unpaid intent is left, so that nothing before the latest move concerns the money of the current one.
  const begins = Math.max(facts.findLastIndex(({ name }) => name === 'payment.moved') + 1, 1);
  const { paymentId, provider, method, providerPaymentId } = currentIntent(facts.slice(0, begins));
  const begun: Payment = {
    ...{ paymentId, provider, method, total, providerPaymentId },
    status: providerPaymentId === undefined ? 'planned' : 'started',
    authorisationReference: undefined,
    authentication: undefined,
    captures: [],
    failedCaptures: [],
    captured: zero(total.currency),
    refunds: [],
    withdrawn: {},
    earlier: intentsOf(facts).earlier,
  };
  return facts.slice(begins).filter(isPaymentFact).reduce(evolve, begun);
}

function isPaymentFact(fact: Fact): fact is PaymentFact {
  return fact.name.startsWith('payment.') || fact.name.startsWith('refund.');
}

function evolve(payment: Payment, fact: PaymentFact): Payment {
  switch (fact.name) {
    case 'payment.started':
      return { ...move(payment, 'started'), providerPaymentId: fact.data.providerPaymentId };
    case 'payment.moved':
      return payment;
    case 'payment.failed':
      return fact.data.code === NO_ANSWER ? { ...payment, isUnanswered: true } : payment;
    case 'payment.authorised': {
      const { providerReference: authorisationReference, authentication } = fact.data;
      return { ...move(payment, 'authorised'), authorisationReference, authentication };
    }
    case 'payment.captured':
      return capture(payment, fact.data);
    case 'payment.capture_failed':
      return uncapture(payment, fact.data);
    case 'payment.instalment_asked':
    case 'payment.instalment_failed':
    case 'payment.instalments_lowered':
      return payment;
    case 'payment.voided':
      return move(payment, 'voided');
    case 'payment.disputed': {
      const { providerReference, withdrawn } = fact.data;
      return { ...payment, withdrawn: { ...payment.withdrawn, [providerReference]: fromJson(withdrawn) } };
    }
    case 'payment.settled':
      return payment;
    case 'refund.requested': {
      const { refundId, amount, requestId, by, lines, captureReference } = fact.data;
      const refund: Refund = {
        refundId,
        amount: fromJson(amount),
        status: 'asked',
        requestId,
        captureReference,
        by,
        lines,
        askedAt: fact.recordedAt,
        reference: undefined,
      };
      return { ...payment, refunds: [...payment.refunds, refund] };
    }
    case 'refund.paid': {
      const { refundId, amount, providerReference: reference } = fact.data;
      return settle(payment, refundId, { status: 'paid', amount: fromJson(amount), reference });
    }
    case 'refund.failed':
      return settle(payment, fact.data.refundId, { status: 'failed' });
    default:
      return unreachable(fact, 'every fact of a payment is folded into it');
  }
}

function capture(payment: Payment, data: Fact<'payment.captured'>['data']): Payment {
  const { providerReference: reference, parcelId, isFinal = true } = data;
  const { authorisationReference = payment.authorisationReference } = data;
  const amount = fromJson(data.amount);
  const captures = [...payment.captures, { reference, parcelId, amount }];
  // A capture in another currency than the order's is recorded, and a person looks at it: it is added to nothing.
  const isOther = amount.currency !== payment.captured.currency;
  const captured = isOther ? payment.captured : add(payment.captured, amount);
  const moved = isFinal ? move(payment, 'captured') : payment;
  return { ...moved, captures, captured, authorisationReference };
}

/** What was captured under that reference does not come. The provider alone knows whether it takes it again. */
function uncapture(payment: Payment, { providerReference }: Fact<'payment.capture_failed'>['data']): Payment {
  const left = payment.captures.filter(({ reference }) => reference !== providerReference);
  const failedCaptures = [...payment.failedCaptures, providerReference];
  return { ...withCaptures(payment, left), failedCaptures };
}

/** The payment with these captures alone. */
export function withCaptures(payment: Payment, captures: Payment['captures']): Payment {
  const { currency } = payment.captured;
  const own = captures.flatMap(({ amount }) => (amount.currency === currency ? [amount] : []));
  return { ...payment, captures, captured: sum(own, currency) };
}

function move(payment: Payment, to: PaymentStatus): Payment {
  if (payment.status === to && to === 'captured') return payment;
  if (!mayMove(paymentTransitions, payment.status, to))
    throw new Error(`payment ${payment.paymentId} can't go from ${payment.status} to ${to}`);
  return { ...payment, status: to };
}

function settle(payment: Payment, refundId: string, outcome: Partial<Refund>): Payment {
  const refunds = payment.refunds.map((refund) =>
    refund.refundId === refundId ? { ...refund, ...outcome } : refund,
  );
  return { ...payment, refunds };
}

/**
 * The captured amount that was not refunded, is not being refunded, and was not taken back by a dispute. Where captures
 * in several currencies are recorded, one of them: the next follows once this one is returned.
 */
export function refundable({ total, captures, refunds, withdrawn }: Payment): Money {
  const left = leftOf({
    captures: captures.map(({ amount }) => amount),
    returned: refunds.filter(({ status }) => status !== 'failed').map(({ amount }) => amount),
    withdrawn: Object.values(withdrawn),
  });
  return left.find(({ amountMinor }) => amountMinor > 0) ?? left[0] ?? zero(total.currency);
}

/** Whether an open intent at the provider may still bring money. */
export function isHeld({ status, isUnanswered }: Payment): boolean {
  return status === 'started' || status === 'authorised' || (status === 'planned' && isUnanswered === true);
}
