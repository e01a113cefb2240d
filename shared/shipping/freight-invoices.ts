import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { add, compare, fromJson, type Money, money, subtract, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type Decided, factsNamed, plannedParcels, type Timeline } from '../timeline/index.ts';
import { nameOfPiece, trackingOf } from './tracking.ts';

/** A line of a carrier's invoice. The amount is the charge for one carton, before tax. */
export interface InvoiceLine {
  readonly carrier: string;
  readonly invoiceNumber: string;
  readonly trackingNumber: string;
  readonly amount: Money;
  readonly billedWeightGrams?: number | undefined;
}

export type InvoicedData = Fact<'freight.invoiced'>['data'];

/**
 * A line that can't be compared with a card: a label that no parcel uses, another carrier, another currency, or a
 * parcel quoted without a card.
 */
type Unmatched = { readonly unmatched: 'unknown-parcel' | 'other-carrier' | 'other-currency' | 'no-card' };

/** The line is already known, with the same or with another amount. */
type Repeated = { readonly repeated: InvoicedData };

export type InvoiceDecision =
  | { readonly invoiced: InvoicedData }
  | Repeated
  | Unmatched
  | { readonly conflict: InvoicedData };

/**
 * Compares an invoice line with the rate card's freight at the time of the quote. The parcel's cost is the sum over all
 * of its lines, cartons and invoices, so a carton billed twice is disputed with the second line. An equal or lower cost
 * is matched. A line is identified by carrier, invoice number and carton, and counts once.
 */
export function decideOnInvoiceLine(
  timeline: Timeline,
  parcelId: string,
  line: InvoiceLine,
): InvoiceDecision {
  const earlier = factsNamed(timeline.facts, 'freight.invoiced')
    .map(({ data }) => data)
    .filter((data) => data.parcelId === parcelId);
  const parcel = trackingOf(timeline.facts).get(parcelId);
  const { carrier, invoiceNumber } = line;
  if (parcel?.carrier !== carrier) return { unmatched: 'other-carrier' };
  const piece = parcel.pieces.find(({ trackingNumber }) => trackingNumber === line.trackingNumber);
  // Two copies of a message may have bought two labels. The one that lost is no carton of the parcel.
  if (piece === undefined) return { unmatched: 'unknown-parcel' };
  const name = nameOfPiece(parcel, piece);
  const known = earlier.find((data) => isSameLine(data, { parcelId, carrier, invoiceNumber, ...name }));
  if (known !== undefined) return compareTo(known, line.amount) ? { repeated: known } : { conflict: known };
  const freight = plannedParcels(timeline).find((each) => each.parcelId === parcelId)?.consignment.freight;
  if (freight === undefined) return { unmatched: 'no-card' };
  const { currency } = line.amount;
  if (freight.currency !== currency) return { unmatched: 'other-currency' };
  const carded = parcel.isVoided ? money(0, currency) : fromJson(freight);
  const before = earlier.reduce((all, each) => add(all, paidFor(each, timeline.facts)), money(0, currency));
  const excess = subtract(above(add(before, line.amount), carded), above(before, carded));
  const isDisputed = excess.amountMinor > 0;
  return {
    invoiced: {
      parcelId,
      carrier,
      invoiceNumber,
      ...name,
      amount: toJson(line.amount),
      carded: toJson(carded),
      ...(isDisputed ? { excess: toJson(excess) } : {}),
      status: isDisputed ? 'disputed' : 'matched',
      ...defined({ billedWeightGrams: line.billedWeightGrams }),
    },
  };
}

const compareTo = ({ amount }: InvoicedData, other: Money): boolean =>
  amount.currency === other.currency && compare(fromJson(amount), other) === 0;

/** The amount above the card; zero if there is none. */
const above = (amount: Money, carded: Money): Money => {
  const difference = subtract(amount, carded);
  return difference.amountMinor > 0 ? difference : money(0, amount.currency);
};

/** The cost of a line, without the carrier's credit. */
function paidFor(data: InvoicedData, facts: readonly Fact[]): Money {
  const amount = fromJson(data.amount);
  const isCredited = settlementOf(facts, data)?.outcome === 'credited';
  return isCredited && data.excess !== undefined ? subtract(amount, fromJson(data.excess)) : amount;
}

/** The line under dispute. */
export type DisputedLine = Pick<InvoicedData, 'parcelId' | 'carrier' | 'invoiceNumber' | 'trackingNumber'>;

const isSameLine = (a: DisputedLine, b: DisputedLine): boolean =>
  a.parcelId === b.parcelId &&
  a.carrier === b.carrier &&
  a.invoiceNumber === b.invoiceNumber &&
  a.trackingNumber === b.trackingNumber;

const settlementOf = (facts: readonly Fact[], line: DisputedLine) =>
  factsNamed(facts, 'freight.dispute_settled').find(({ data }) => isSameLine(data, line))?.data;

export type SettlementRefusal = { readonly reason: 'no-dispute' | 'settled-otherwise' };

/** A person settles a dispute: the carrier credited it, or the merchant accepts it. Repeating it changes nothing. */
export function decideSettlement(
  { facts }: Timeline,
  line: DisputedLine,
  outcome: 'credited' | 'accepted',
): Result<readonly Decided[], SettlementRefusal> {
  const disputed = factsNamed(facts, 'freight.invoiced').some(
    ({ data }) => data.status === 'disputed' && isSameLine(data, line),
  );
  if (!disputed) return refused({ reason: 'no-dispute' });
  const settled = settlementOf(facts, line);
  if (settled !== undefined)
    return settled.outcome === outcome ? ok([]) : refused({ reason: 'settled-otherwise' });
  const { parcelId, carrier, invoiceNumber, trackingNumber } = line;
  const data = { parcelId, carrier, invoiceNumber, outcome };
  const named = trackingNumber === undefined ? data : { ...data, trackingNumber };
  return ok([{ name: 'freight.dispute_settled', data: named }]);
}
