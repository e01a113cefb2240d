import type { Fact } from '../../events/all-events.ts';
import type { InstalmentPlan } from '../../events/instalments.ts';
import type { FeeRule } from '../../events/payment-fee.ts';
import { fromJson, type Money, subtract, sum } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';

/** When money is taken that is not taken before a parcel leaves. `delivery`: the carrier collects it in cash. */
export type CaptureAt = 'dispatch' | 'last-dispatch' | 'delivery';

/** An intent of an order: one try to be paid, at one provider, by one method. */
export interface Intent {
  readonly paymentId: string;
  readonly provider: string;
  readonly method: string;
  /** The shopper pays the carrier in cash. */
  readonly isCash?: true | undefined;
  /** When it is captured, if at dispatch or at the delivery. */
  readonly captureAt?: CaptureAt | undefined;
  /** The instalments in which it is paid, if not in one amount. */
  readonly plan?: InstalmentPlan | undefined;
  /** What the provider is expected to keep of each capture. */
  readonly feeRule?: FeeRule | undefined;
  /** The provider's own id, once it is known. */
  readonly providerPaymentId?: string | undefined;
}

interface IntentRefund {
  readonly refundId: string;
  readonly amount: Money;
  readonly status: 'asked' | 'paid' | 'failed';
  readonly askedAt: Instant;
  /** The provider's reference, once it was paid. */
  readonly reference?: string;
}

/** An intent from which the payment was moved away. */
export interface EarlierIntent extends Intent {
  /** `open`: it may still bring money. `captured`: it did, and the money goes back. */
  readonly status: 'open' | 'voided' | 'captured';
  readonly captures: readonly { readonly reference: string; readonly amount: Money }[];
  readonly refunds: readonly IntentRefund[];
  /** By dispute: what the provider has taken back. */
  readonly withdrawn: Readonly<Record<string, Money>>;
  /** The provider's reference for refunds, where it is another one. */
  readonly authorisationReference?: string | undefined;
  /** The latest fact about it, since which it waits. */
  readonly since: Fact;
}

export interface Intents {
  /** The intent that pays the order: there is always exactly one. */
  readonly current: Intent;
  readonly earlier: readonly EarlierIntent[];
}

/** The code of an attempt to make an intent that the provider did not answer: it may be there. */
export const NO_ANSWER = 'no-answer';

export type FactAboutIntents = Extract<Fact, { name: `intent.${string}` | 'payment.moved' }>;

/** Whether the fact is about which intent pays the order, or about one that does not. It moves no order. */
export const isAboutIntents = (fact: Fact): fact is FactAboutIntents =>
  fact.name === 'payment.moved' || fact.name.startsWith('intent.');

/** Every intent of the order, from its facts. The latest `payment.moved` names the one that pays it. */
export function intentsOf(facts: readonly Fact[]): Intents {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') throw new Error('a timeline begins with order.placed');
  let current: Intent = placed.data.payment;
  const earlier = new Map<string, EarlierIntent>();
  const change = (paymentId: string, since: Fact, to: (intent: EarlierIntent) => Partial<EarlierIntent>) => {
    const intent = earlier.get(paymentId);
    if (intent === undefined) throw new Error(`${since.name} names no earlier intent: ${paymentId}`);
    earlier.set(paymentId, { ...intent, since, ...to(intent) });
  };
  for (const fact of facts) {
    switch (fact.name) {
      case 'payment.started':
        current = { ...current, providerPaymentId: fact.data.providerPaymentId };
        break;
      case 'payment.moved': {
        const known = earlier.get(fact.data.to.paymentId)?.providerPaymentId;
        earlier.delete(fact.data.to.paymentId);
        const left = { status: 'open', captures: [], refunds: [], withdrawn: {}, since: fact } as const;
        earlier.set(current.paymentId, { ...current, ...left });
        current = { ...fact.data.to, providerPaymentId: known };
        break;
      }
      case 'intent.voided':
        change(fact.data.paymentId, fact, () => ({ status: 'voided' }));
        break;
      case 'intent.captured': {
        const { paymentId, providerPaymentId, providerReference: reference, amount } = fact.data;
        const { authorisationReference } = fact.data;
        const capture = { reference, amount: fromJson(amount) };
        change(paymentId, fact, ({ captures }) => ({
          ...{ status: 'captured', providerPaymentId, authorisationReference },
          captures: [...captures, capture],
        }));
        break;
      }
      case 'intent.refund_requested': {
        const { paymentId, refundId, amount } = fact.data;
        const askedAt = fact.recordedAt;
        const asked = { refundId, amount: fromJson(amount), status: 'asked', askedAt } as const;
        change(paymentId, fact, ({ refunds }) => ({ refunds: [...refunds, asked] }));
        break;
      }
      case 'intent.refunded':
      case 'intent.refund_failed': {
        const { paymentId, refundId } = fact.data;
        const outcome =
          fact.name === 'intent.refunded'
            ? ({ status: 'paid', reference: fact.data.providerReference } as const)
            : ({ status: 'failed' } as const);
        change(paymentId, fact, ({ refunds }) => ({
          refunds: refunds.map((one) => (one.refundId === refundId ? { ...one, ...outcome } : one)),
        }));
        break;
      }
      case 'intent.disputed': {
        const { paymentId, providerReference, withdrawn: taken } = fact.data;
        change(paymentId, fact, ({ withdrawn }) => ({
          withdrawn: { ...withdrawn, [providerReference]: fromJson(taken) },
        }));
        break;
      }
      default:
        break;
    }
  }
  return { current, earlier: [...earlier.values()] };
}

/** The intent that pays the order. */
export const currentIntent = (facts: readonly Fact[]): Intent => intentsOf(facts).current;

/** The intent with this id, whether it pays the order or not. Throws if the order has none. */
export function intentNamed(facts: readonly Fact[], paymentId: string): Intent {
  const { current, earlier } = intentsOf(facts);
  const found = [current, ...earlier].find((intent) => intent.paymentId === paymentId);
  if (found === undefined) throw new Error(`the order has no intent ${paymentId}`);
  return found;
}

/**
 * What an earlier intent brought and no refund was requested for, by currency. A refund that failed counts: a person
 * returns that money. So does what a dispute took, until it gives it back: the shopper has it already.
 */
export function toPayBack({ captures, refunds, withdrawn }: EarlierIntent): Money[] {
  const currencies = [...new Set(captures.map(({ amount }) => amount.currency))];
  return currencies
    .map((currency) => {
      const of = (amounts: readonly Money[]) =>
        sum(
          amounts.filter((amount) => amount.currency === currency),
          currency,
        );
      const returned = [...refunds.map(({ amount }) => amount), ...Object.values(withdrawn)];
      return subtract(of(captures.map(({ amount }) => amount)), of(returned));
    })
    .filter(({ amountMinor }) => amountMinor > 0);
}

/** Whether something has still to be done for an earlier intent: it is not void, or its money is not back. */
export const isUnsettled = (intent: EarlierIntent): boolean =>
  intent.status === 'open' ||
  toPayBack(intent).length > 0 ||
  intent.refunds.some(({ status }) => status === 'asked');

/** Until when the order holds its stock unpaid, and until when at the latest, by the method that pays it now. */
export function reservationOf(facts: readonly Fact[]): {
  readonly reservedUntil: Instant;
  readonly payableUntil: Instant;
} {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') throw new Error('a timeline begins with order.placed');
  const moved = facts.findLast(
    (fact): fact is Fact<'payment.moved'> =>
      fact.name === 'payment.moved' && fact.data.reservedUntil !== undefined,
  );
  const reservedUntil = moved?.data.reservedUntil ?? placed.data.reservedUntil;
  const { payableUntil = reservedUntil } = moved?.data ?? placed.data;
  return { reservedUntil, payableUntil };
}
