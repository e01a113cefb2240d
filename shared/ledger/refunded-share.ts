import type { Fact } from '../../events/all-events.ts';
import type { RefundedLine } from '../../events/payment.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Ratio } from '../kernel/money.ts';
import {
  captureAt,
  closedParcels,
  isRefusedCash,
  linesPaidBack,
  minorOfLine,
  moneyOf,
  parcelsThatLeft,
  planOf,
  priceOf,
  waived,
} from '../timeline/index.ts';
import type { TaxPart } from './scheme-taxes.ts';

/** The refunds of an order, spread over its consignments. Minor units of the order's currency. */
interface OrderRefunds {
  /** Whether the consignment's parcel was closed before it left or was paid in cash, or lost its payment: no supply. */
  isStopped(consignmentId: string): boolean;
  /** The refunded part of what the refunds of units left of the consignment's price, from none of it to all of it. */
  shareOf(consignmentId: string): Ratio;
  /** What refunds of units named of a tax: of its base, in the currency of the rule, and of the tax. */
  namedOf(part: TaxPart): { readonly base: number; readonly tax: number };
}

interface Price {
  readonly price: number;
  readonly isStopped: boolean;
  /** What refunds of units gave back, and those units. */
  readonly ofUnits: number;
  readonly units: readonly RefundedLine[];
  /** Refunds that name the consignment's parcel, and what was waived of its price. */
  readonly named: number;
  readonly waived: number;
}

/**
 * Spreads the refunds that were paid and did not come back (Directive 2006/112/EC, Art. 90). A refund that names units
 * lowers the price of these units, each tax at its own rate. A refund that names a closed parcel lowers the price of
 * that parcel, and so does what was waived of a price before its capture. Captured
 * money beyond the prices of the goods that are supplied, as for stopped parcels, is the price of nothing, so refunds
 * use it first. Every other refund lowers the price of all remaining goods proportionally.
 */
export function refundsOf(facts: readonly Fact[]): OrderRefunds {
  const paid = paidRefunds(facts);
  const prices = pricesOf(facts, paid);
  const all = [...prices.values()];
  const rest = total(
    all.filter(({ isStopped }) => !isStopped).map((each) => each.price - each.ofUnits - each.named),
  );
  const stopped = total(all.filter(({ isStopped }) => isStopped).map(({ price }) => price));
  const named = total(all.map((each) => each.ofUnits + each.named - each.waived));
  const money = moneyOf(facts);
  const waivedInAll = total(all.map((each) => each.waived));
  // In instalments the shopper owes all of it, and what is lowered counts as a refund.
  const paidFor = planOf(facts) === undefined ? money.captured : (money.total?.amount ?? 0);
  const beyond = Math.max(paidFor + waivedInAll + stopped - (money.total?.amount ?? 0), 0);
  const unnamed = Math.min(Math.max(total(paid.map(({ amount }) => amount)) - named - beyond, 0), rest);
  return {
    isStopped: (consignmentId) => prices.get(consignmentId)?.isStopped ?? false,
    shareOf: (consignmentId) => {
      const own = prices.get(consignmentId);
      invariant(own !== undefined, 'a tax belongs to a planned consignment', { consignmentId });
      if (own.isStopped) return WHOLE;
      if (rest === 0) return own.named > 0 ? WHOLE : NOTHING;
      const price = own.price - own.ofUnits;
      if (price === 0) return { numerator: BigInt(unnamed), denominator: BigInt(rest) };
      const [whole, left] = [BigInt(price) * BigInt(rest), BigInt(price - own.named)];
      return { numerator: whole - left * BigInt(rest - unnamed), denominator: whole };
    },
    namedOf: (part) => namedOf(prices.get(part.consignmentId)?.units ?? [], part),
  };
}

/**
 * The refunded part of a tax, or of its base, that several consignments were charged: what refunds named of it, and
 * each consignment's share of the rest. Exact, so that the amount is rounded once.
 */
export function refundedShare(parts: readonly TaxPart[], of: 'base' | 'tax', refunds: OrderRefunds): Ratio {
  const weight = total(parts.map((part) => part[of].amountMinor));
  if (weight === 0) return NOTHING;
  const refunded = parts
    .map((part) => {
      const { numerator, denominator } = refunds.shareOf(part.consignmentId);
      const named = BigInt(refunds.namedOf(part)[of]);
      const rest = BigInt(part[of].amountMinor) - named;
      return { numerator: named * denominator + rest * numerator, denominator };
    })
    .reduce(addRatios, NOTHING);
  return { numerator: refunded.numerator, denominator: refunded.denominator * BigInt(weight) };
}

const WHOLE: Ratio = { numerator: 1n, denominator: 1n };
const NOTHING: Ratio = { numerator: 0n, denominator: 1n };

const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

const addRatios = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

/** What the refunded units have of a tax: by its line, or by its consignment where the rule charges the whole of it. */
function namedOf(units: readonly RefundedLine[], { lineId, code, rate }: TaxPart) {
  const named = units
    .filter((line) => lineId === undefined || line.lineId === lineId)
    .flatMap(({ taxes }) => taxes.filter((tax) => tax.code === code && tax.rate === rate));
  return {
    base: total(named.map(({ base }) => base?.amount ?? 0)),
    tax: total(named.map(({ amount }) => amount.amount)),
  };
}

interface PaidRefund {
  readonly amount: number;
  readonly parcelId: string | undefined;
}

function paidRefunds(facts: readonly Fact[]): PaidRefund[] {
  const asked = new Map<string, Fact<'refund.requested'>['data']>();
  const paid = new Map<string, PaidRefund>();
  for (const { name, data, sequence } of facts) {
    if (name === 'refund.requested') asked.set(data.refundId, data);
    if (name === 'refund.paid') {
      const parcelId = asked.get(data.refundId)?.parcelId;
      paid.set(data.refundId, { amount: data.amount.amount, parcelId });
    }
    if (name === 'refund.failed') paid.delete(data.refundId);
    if (name === 'payment.instalments_lowered')
      paid.set(`lowered ${sequence}`, { amount: data.amount.amount, parcelId: data.parcelId });
  }
  return [...paid.values()];
}

function pricesOf(facts: readonly Fact[], paid: readonly PaidRefund[]): Map<string, Price> {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') return new Map();
  const { landedCost, parcels } = placed.data;
  const closed = closedParcels(facts);
  const given = waived(facts);
  const left = parcelsThatLeft(facts);
  const back = linesPaidBack(facts);
  // Where the payment is gone, only what has left is supplied.
  const isGone = captureAt(facts) !== undefined && facts.some(({ name }) => name === 'payment.voided');
  return new Map(
    landedCost.consignments.map((consignment) => {
      const { consignmentId } = consignment;
      const parcelId = parcels.find((parcel) => parcel.consignmentId === consignmentId)?.parcelId ?? '';
      const price = priceOf(consignment, landedCost.currency).amountMinor;
      const isStopped =
        closed.get(parcelId) === 'stopped' ||
        isRefusedCash(facts, parcelId) ||
        (isGone && !left.has(parcelId));
      const waivedOfIt = given.get(parcelId)?.amountMinor ?? 0;
      const refunds = paid.filter((refund) => refund.parcelId === parcelId);
      const refunded = total(refunds.map(({ amount }) => amount)) + waivedOfIt;
      const units = isStopped ? [] : back.filter((line) => line.parcelId === parcelId);
      const ofUnits = total(units.map(minorOfLine));
      const named = isStopped ? 0 : Math.min(refunded, price - ofUnits);
      return [consignmentId, { price, isStopped, ofUnits, units, named, waived: waivedOfIt }];
    }),
  );
}
