import type { Fact } from '../../events/all-events.ts';
import { add, fromJson, type Money, negate, subtract, sum } from '../kernel/money.ts';
import {
  captureAt,
  currentIntent,
  factsNamed,
  type Intent,
  intentNamed,
  loweredSoFar,
  priceOf,
  waived,
} from '../timeline/index.ts';
import { chargesOf, consignmentOf, placed, refundedFrom } from './booked-order.ts';
import { owedBefore, wordBefore } from './disputed-intents.ts';
import { feeBefore, feeOfDispute, feeOfFailed, optional } from './provider-fees.ts';
import { REFUNDS_GRANTED } from './tax-postings.ts';

/** An account, or what names it for an order. The text after the colon is a subaccount. */
type Account = string | ((facts: readonly Fact[]) => string);

/** One line of the table: the amount goes from the credited account to the debited one. None books nothing. */
interface Row<Name extends Fact['name']> {
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: (fact: Fact<Name>, facts: readonly Fact[]) => Money | undefined;
}

interface Booking<Name extends Fact['name']> {
  readonly text: string | ((fact: Fact<Name>) => string);
  readonly rows: readonly Row<Name>[] | ((fact: Fact<Name>, facts: readonly Fact[]) => readonly Row<Name>[]);
}

/** What the provider owes us for the order; in transit with the carrier where the shopper pays cash on delivery. */
const receivable = (facts: readonly Fact[]): string => receivableOf(currentIntent(facts));
const receivableOf = ({ provider, isCash }: Intent): string =>
  `${isCash === true ? 'cod-in-transit' : 'provider-clearing'}:${provider}`;

/** Who pays the refund: the provider out of what it owes us, or a person in another way. */
function payerOf(facts: readonly Fact[], refundId: string): string {
  const requested = facts.find((fact) => fact.name === 'refund.requested' && fact.data.refundId === refundId);
  const by = requested?.name === 'refund.requested' ? requested.data.by : undefined;
  return by === undefined ? receivable(facts) : `refunds-by-hand:${by}`;
}

const DEPOSITS = 'customer-deposits';
const FEES = 'provider-fees';
const BANK = 'bank';
/** Money that a provider took back for a dispute that is not decided. */
const contested = (facts: readonly Fact[]): string => `chargebacks:${currentIntent(facts).provider}`;
const CHARGEBACK_LOSSES = 'chargeback-losses';
/** Money of an intent that does not pay the order: a shopper who paid twice gets it back. */
const PAID_TWICE = 'payments-to-return';
const clearing = ({ provider }: { readonly provider: string }): string => `provider-clearing:${provider}`;
/** Between two currencies: what was given in one, and what it was worth in the other by our rate. */
const EXCHANGE = 'currency-exchange';
const FX_DIFFERENCE = 'fx-difference';

/**
 * THE TABLE of journals: what each fact debits and credits. All amounts are in the shopper's currency, but for those of
 * a settlement in the currency of the account that the provider pays into.
 *
 * - a capture: the provider owes us the money, and we owe the shopper the goods; it keeps its fee;
 * - a capture that failed afterwards: the reverse, so that the shopper owes us goods that have left already;
 * - a refund: the provider, or a person in another way, pays back out of the deposits of a stopped order, or out of
 *   refunds granted while the order goes on, since its deposits still become sales when its parcels leave; one that
 *   came back: the reverse;
 * - a stop: what was granted before comes out of the deposits after all;
 * - the hand-over of a parcel: deposits become sales and shipping income, and duty, tax and fees become owed;
 * - the delivery of a parcel whose carrier collects its price: the same, and nothing at its hand-over: a parcel that is
 *   refused was no sale;
 * - a parcel that is closed because it was stopped: its deposits pay for its refund; what is not refunded is income;
 * - a parcel that is closed before its price is captured: what is waived of the price is granted like a refund;
 * - instalments that a refund lowered: what is not captured any more is granted like a refund;
 * - a dispute: what the provider takes back is contested money, until it comes back or is lost;
 * - money of an intent that does not pay the order: the provider owes it to us, and we owe it to the shopper, until it
 *   is refunded, or a dispute has taken it: what is lost beyond what was owed is our loss;
 * - a settlement: the provider pays out what it owes, less its fee and what it holds in reserve; its fee replaces what
 *   was booked of it before.
 */
export const journalTable: { readonly [Name in Fact['name']]?: Booking<Name> } = {
  'payment.captured': {
    // The numbers by which the shopper's bank knows the transfer: the statement of an order shows this text.
    text: ({ data: { bankReference, codeReference } }) =>
      ['payment captured', bankReference, codeReference].filter(Boolean).join(', '),
    rows: [
      { debit: receivable, credit: DEPOSITS, amount: ({ data }) => fromJson(data.amount) },
      { debit: FEES, credit: receivable, amount: ({ data }) => optional(data.fee) },
    ],
  },
  'payment.capture_failed': {
    text: ({ data }) => `capture failed, ${data.providerReference}`,
    rows: (fact, facts) => [
      { debit: DEPOSITS, credit: receivable, amount: () => fromJson(fact.data.amount) },
      { debit: receivable, credit: FEES, amount: () => feeOfFailed(facts, fact) },
    ],
  },
  'refund.paid': {
    text: 'refund paid',
    rows: ({ data }, facts) => [
      { debit: refundedFrom, credit: payerOf(facts, data.refundId), amount: () => fromJson(data.amount) },
    ],
  },
  'refund.failed': {
    text: 'refund came back',
    rows: ({ data }, facts) => [
      {
        ...{ debit: payerOf(facts, data.refundId), credit: refundedFrom },
        amount: () => paid(facts, data.refundId),
      },
    ],
  },
  'order.cancelled': {
    text: 'order stopped after a refund',
    rows: (_, facts) => outOfDeposits(facts),
  },
  'order.expired': {
    text: 'order stopped after a refund',
    rows: (_, facts) => outOfDeposits(facts),
  },
  'parcel.dispatched': {
    text: ({ data }) => `goods handed over, ${data.parcelId}`,
    rows: ({ data }, facts) => (captureAt(facts) === 'delivery' ? [] : saleOf(facts, data.parcelId)),
  },
  'parcel.delivered': {
    text: ({ data }) => `goods delivered against cash, ${data.parcelId}`,
    rows: ({ data }, facts) => (captureAt(facts) === 'delivery' ? saleOf(facts, data.parcelId) : []),
  },
  'parcel.closed': {
    text: ({ data }) => `parcel ${data.outcome}, ${data.parcelId}`,
    rows: [
      {
        ...{ debit: DEPOSITS, credit: REFUNDS_GRANTED },
        amount: ({ data }, facts) =>
          data.outcome === 'stopped' && captureAt(facts) === undefined
            ? price(facts, data.parcelId)
            : undefined,
      },
      {
        ...{ debit: REFUNDS_GRANTED, credit: DEPOSITS },
        amount: ({ data }, facts) => waived(facts).get(data.parcelId),
      },
    ],
  },
  'payment.instalments_lowered': {
    text: 'instalments lowered',
    rows: [{ debit: REFUNDS_GRANTED, credit: DEPOSITS, amount: ({ data }) => fromJson(data.amount) }],
  },
  'payment.disputed': {
    text: ({ data }) => `dispute ${data.status}, ${data.providerReference}`,
    rows: (fact, facts) => {
      const before = wordBefore(factsNamed(facts, 'payment.disputed'), fact);
      return [
        ...[before?.data, fact.data].flatMap((word, index) => disputeRows(word, index === 0)),
        { debit: FEES, credit: receivable, amount: () => feeOfDispute(facts, fact, before?.data.fee) },
      ];
    },
  },
  'intent.captured': {
    text: 'paid a second time',
    rows: ({ data }) => [{ debit: clearing(data), credit: PAID_TWICE, amount: () => fromJson(data.amount) }],
  },
  'intent.refunded': {
    text: 'second payment refunded',
    rows: ({ data }) => [{ debit: PAID_TWICE, credit: clearing(data), amount: () => fromJson(data.amount) }],
  },
  'intent.refund_failed': {
    text: 'refund of the second payment came back',
    rows: ({ data }) => [
      { debit: clearing(data), credit: PAID_TWICE, amount: () => optional(data.cameBack) },
    ],
  },
  'intent.disputed': {
    text: ({ data }) => `dispute ${data.status} about the second payment, ${data.providerReference}`,
    rows: (fact, facts) => {
      const credit = clearing(fact.data);
      const before = wordBefore(factsNamed(facts, 'intent.disputed'), fact);
      return [
        ...(before === undefined ? [] : intentDisputeRows(facts, before, true)),
        ...intentDisputeRows(facts, fact, false),
        { debit: FEES, credit, amount: () => feeOfDispute(facts, fact, before?.data.fee) },
      ];
    },
  },
  'payment.settled': {
    text: ({ data }) => `settled by the provider, ${data.providerReference}`,
    rows: (fact, facts) => {
      const { gross, net, fee, held, atOurRate } = fact.data;
      const [paidOut, kept, inReserve] = [fromJson(net), fromJson(fee), fromJson(held)];
      const settled = add(add(paidOut, kept), inReserve);
      const isExchanged = gross.currency !== net.currency;
      // An intent that does not pay the order may be at another provider.
      const intent = intentNamed(facts, fact.data.paymentId);
      const [owed, reserve] = [receivableOf(intent), `provider-reserve:${intent.provider}`];
      const from = isExchanged ? EXCHANGE : owed;
      return [
        { debit: BANK, credit: from, amount: () => paidOut },
        { debit: FEES, credit: from, amount: () => kept },
        { debit: reserve, credit: from, amount: () => inReserve },
        // The settlement says what the fee is. What was booked of it before is taken back.
        { debit: owed, credit: FEES, amount: () => feeBefore(facts, fact) },
        { debit: EXCHANGE, credit: owed, amount: () => (isExchanged ? fromJson(gross) : undefined) },
        {
          ...{ debit: FX_DIFFERENCE, credit: EXCHANGE },
          amount: () => (atOurRate === undefined ? undefined : subtract(fromJson(atOurRate), settled)),
        },
      ];
    },
  },
};

const saleOf = (facts: readonly Fact[], parcelId: string) =>
  chargesOf(consignmentOf(facts, parcelId)).map(({ account, amount }) => ({
    ...{ debit: DEPOSITS, credit: account, amount: () => amount },
  }));

/**
 * What a word about a dispute books: what was taken is contested, or lost. The word before it is taken back first, so
 * that a dispute may begin again after a decision, and take more or less than before.
 */
function disputeRows(
  word: Fact<'payment.disputed'>['data'] | undefined,
  isReversal: boolean,
): Row<'payment.disputed'>[] {
  if (word === undefined) return [];
  const taken = fromJson(word.withdrawn);
  const amount = () => (isReversal ? negate(taken) : taken);
  return [{ debit: word.status === 'lost' ? CHARGEBACK_LOSSES : contested, credit: receivable, amount }];
}

/**
 * The same for the second payment of a shopper: what is lost was owed to the shopper, as far as no refund has paid it,
 * and is our loss beyond that.
 */
function intentDisputeRows(
  facts: readonly Fact[],
  word: Fact<'intent.disputed'>,
  isReversal: boolean,
): Row<'intent.disputed'>[] {
  const taken = fromJson(word.data.withdrawn);
  const [credit, owed] = [clearing(word.data), owedBefore(facts, word)];
  const row = (debit: string, of: Money) => ({ debit, credit, amount: () => (isReversal ? negate(of) : of) });
  if (word.data.status !== 'lost') return [row(`chargebacks:${word.data.provider}`, taken)];
  return [row(PAID_TWICE, owed), row(CHARGEBACK_LOSSES, subtract(taken, owed))];
}

const price = (facts: readonly Fact[], parcelId: string): Money =>
  priceOf(consignmentOf(facts, parcelId), placed(facts).data.landedCost.currency);

/** The refund's amount; undefined if it was never paid. */
function paid(facts: readonly Fact[], refundId: string): Money | undefined {
  const fact = facts.find(({ name, data }) => name === 'refund.paid' && data.refundId === refundId);
  return fact?.name === 'refund.paid' ? fromJson(fact.data.amount) : undefined;
}

/** What was granted before the stop, in each currency: a shopper may have paid in another one than the order's. */
const outOfDeposits = (facts: readonly Fact[]) =>
  [...Map.groupBy(granted(facts), ({ currency }) => currency)].map(([currency, amounts]) => ({
    ...{ debit: DEPOSITS, credit: REFUNDS_GRANTED, amount: () => sum(amounts, currency) },
  }));

/** The refunds of a stopped order from before the stop, and what was lowered of its instalments. */
function granted(facts: readonly Fact[]): Money[] {
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  const all = facts.flatMap((fact) =>
    fact.name === 'refund.paid' && !failed.has(fact.data.refundId) ? [fromJson(fact.data.amount)] : [],
  );
  const { currency } = placed(facts).data.landedCost;
  const lowered = loweredSoFar(facts, currency);
  return lowered.amountMinor > 0 ? [...all, lowered] : all;
}
