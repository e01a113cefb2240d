import type { Fact } from '../../events/all-events.ts';
import { add, fromJson, type Money, type MoneyJson, subtract, sum } from '../kernel/money.ts';
import { captureAt, priceOf, waived } from '../timeline/index.ts';
import { chargesOf, consignmentOf, placed, refundedFrom } from './booked-order.ts';
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
const receivable = (facts: readonly Fact[]): string => {
  const { provider, isCash } = placed(facts).data.payment;
  return `${isCash === true ? 'cod-in-transit' : 'provider-clearing'}:${provider}`;
};
const reserve = (facts: readonly Fact[]): string => `provider-reserve:${placed(facts).data.payment.provider}`;

const DEPOSITS = 'customer-deposits';
const FEES = 'provider-fees';
const BANK = 'bank';
/** Money that a provider took back for a dispute that is not decided. */
const contested = (facts: readonly Fact[]): string => `chargebacks:${placed(facts).data.payment.provider}`;
const CHARGEBACK_LOSSES = 'chargeback-losses';
/** Between two currencies: what was given in one, and what it was worth in the other by our rate. */
const EXCHANGE = 'currency-exchange';
const FX_DIFFERENCE = 'fx-difference';

/**
 * THE TABLE of journals: what each fact debits and credits. All amounts are in the shopper's currency, but for those of
 * a settlement in the currency of the account that the provider pays into.
 *
 * - a capture: the provider owes us the money, and we owe the shopper the goods; it keeps its fee;
 * - a refund: the provider pays back out of the deposits of a stopped order, or out of refunds granted while the order
 *   goes on, since its deposits still become sales when its parcels leave; one that came back: the reverse;
 * - a stop: what was granted before comes out of the deposits after all;
 * - the hand-over of a parcel: deposits become sales and shipping income, and duty, tax and fees become owed;
 * - a parcel that is closed because it was stopped: its deposits pay for its refund; what is not refunded is income;
 * - a parcel that is closed before its price is captured: what is waived of the price is granted like a refund;
 * - a dispute: what the provider takes back is contested money, until it comes back or is lost;
 * - a settlement: the provider pays out what it owes, less its fee and what it holds in reserve.
 */
export const journalTable: { readonly [Name in Fact['name']]?: Booking<Name> } = {
  'payment.captured': {
    text: 'payment captured',
    rows: [
      { debit: receivable, credit: DEPOSITS, amount: ({ data }) => fromJson(data.amount) },
      { debit: FEES, credit: receivable, amount: ({ data }) => optional(data.fee) },
    ],
  },
  'refund.paid': {
    text: 'refund paid',
    rows: [{ debit: refundedFrom, credit: receivable, amount: ({ data }) => fromJson(data.amount) }],
  },
  'refund.failed': {
    text: 'refund came back',
    rows: [
      { debit: receivable, credit: refundedFrom, amount: ({ data }, facts) => paid(facts, data.refundId) },
    ],
  },
  'order.cancelled': {
    text: 'order stopped after a refund',
    rows: [{ debit: DEPOSITS, credit: REFUNDS_GRANTED, amount: (_, facts) => granted(facts) }],
  },
  'order.expired': {
    text: 'order stopped after a refund',
    rows: [{ debit: DEPOSITS, credit: REFUNDS_GRANTED, amount: (_, facts) => granted(facts) }],
  },
  'parcel.dispatched': {
    text: ({ data }) => `goods handed over, ${data.parcelId}`,
    rows: ({ data }, facts) =>
      chargesOf(consignmentOf(facts, data.parcelId)).map(({ account, amount }) => ({
        ...{ debit: DEPOSITS, credit: account, amount: () => amount },
      })),
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
  'payment.disputed': {
    text: ({ data }) => `dispute ${data.status}, ${data.providerReference}`,
    rows: (fact, facts) => {
      const before = disputeBefore(facts, fact);
      const { status, withdrawn, fee } = fact.data;
      const taken = fromJson(withdrawn);
      return [
        { debit: contested, credit: receivable, amount: () => since(taken, before?.withdrawn) },
        { debit: FEES, credit: receivable, amount: () => fee && since(fromJson(fee), before?.fee) },
        {
          ...{ debit: CHARGEBACK_LOSSES, credit: contested },
          amount: () => (status === 'lost' && before?.status !== 'lost' ? taken : undefined),
        },
      ];
    },
  },
  'payment.settled': {
    text: ({ data }) => `settled by the provider, ${data.providerReference}`,
    rows: ({ data: { gross, net, fee, held, atOurRate } }) => {
      const [paidOut, kept, inReserve] = [fromJson(net), fromJson(fee), fromJson(held)];
      const settled = add(add(paidOut, kept), inReserve);
      const isExchanged = gross.currency !== net.currency;
      const from = isExchanged ? EXCHANGE : receivable;
      return [
        { debit: BANK, credit: from, amount: () => paidOut },
        { debit: FEES, credit: from, amount: () => kept },
        { debit: reserve, credit: from, amount: () => inReserve },
        { debit: EXCHANGE, credit: receivable, amount: () => (isExchanged ? fromJson(gross) : undefined) },
        {
          ...{ debit: FX_DIFFERENCE, credit: EXCHANGE },
          amount: () => (atOurRate === undefined ? undefined : subtract(fromJson(atOurRate), settled)),
        },
      ];
    },
  },
};

const optional = (amount: MoneyJson | undefined): Money | undefined =>
  amount === undefined ? undefined : fromJson(amount);

/** The fact about the same dispute before this one. */
const disputeBefore = (facts: readonly Fact[], fact: Fact<'payment.disputed'>) =>
  facts
    .filter((one): one is Fact<'payment.disputed'> => one.name === 'payment.disputed')
    .findLast(
      ({ sequence, data }) =>
        sequence < fact.sequence && data.providerReference === fact.data.providerReference,
    )?.data;

const since = (now: Money, before: MoneyJson | undefined): Money =>
  before === undefined ? now : subtract(now, fromJson(before));

const price = (facts: readonly Fact[], parcelId: string): Money =>
  priceOf(consignmentOf(facts, parcelId), placed(facts).data.landedCost.currency);

/** The refund's amount; undefined if it was never paid. */
function paid(facts: readonly Fact[], refundId: string): Money | undefined {
  const fact = facts.find(({ name, data }) => name === 'refund.paid' && data.refundId === refundId);
  return fact?.name === 'refund.paid' ? fromJson(fact.data.amount) : undefined;
}

/** The refunds of a stopped order from before the stop. */
function granted(facts: readonly Fact[]): Money | undefined {
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  const all = facts.flatMap((fact) =>
    fact.name === 'refund.paid' && !failed.has(fact.data.refundId) ? [fromJson(fact.data.amount)] : [],
  );
  const [first] = all;
  return first === undefined ? undefined : sum(all, first.currency);
}
