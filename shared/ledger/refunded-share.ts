import type { Fact } from '../../events/all-events.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Ratio } from '../kernel/money.ts';
import { captureAt, closedParcels, moneyOf, parcelsThatLeft, priceOf, waived } from '../timeline/index.ts';
import type { TaxPart } from './scheme-taxes.ts';

/** The refunds of an order, spread over its consignments. Minor units of the order's currency. */
interface OrderRefunds {
  /** Whether the consignment's parcel was closed before it left, or lost its payment: there was no supply. */
  isStopped(consignmentId: string): boolean;
  /** The refunded part of the consignment's price, from none of it to all of it. */
  shareOf(consignmentId: string): Ratio;
}

interface Price {
  readonly price: number;
  readonly isStopped: boolean;
  /** Refunds that name the consignment's parcel, and what was waived of its price. */
  readonly named: number;
  readonly waived: number;
}

/**
 * Spreads the refunds that were paid and did not come back (Directive 2006/112/EC, Art. 90). A refund that names a
 * closed parcel lowers the price of that parcel, and so does what was waived of a price before its capture. Captured
 * money beyond the prices of the goods that are supplied, as for stopped parcels, is the price of nothing, so refunds
 * use it first. Every other refund lowers the price of all remaining goods proportionally.
 */
export function refundsOf(facts: readonly Fact[]): OrderRefunds {
  const paid = paidRefunds(facts);
  const prices = pricesOf(facts, paid);
  const all = [...prices.values()];
  const rest = total(all.filter(({ isStopped }) => !isStopped).map(({ price, named }) => price - named));
  const stopped = total(all.filter(({ isStopped }) => isStopped).map(({ price }) => price));
  const named = total(all.map((each) => each.named - each.waived));
  const money = moneyOf(facts);
  const waivedInAll = total(all.map((each) => each.waived));
  const beyond = Math.max(money.captured + waivedInAll + stopped - (money.total?.amount ?? 0), 0);
  const unnamed = Math.min(Math.max(total(paid.map(({ amount }) => amount)) - named - beyond, 0), rest);
  return {
    isStopped: (consignmentId) => prices.get(consignmentId)?.isStopped ?? false,
    shareOf: (consignmentId) => {
      const own = prices.get(consignmentId);
      invariant(own !== undefined, 'a tax belongs to a planned consignment', { consignmentId });
      if (own.isStopped) return WHOLE;
      if (rest === 0) return own.named > 0 ? WHOLE : NOTHING;
      if (own.price === 0) return { numerator: BigInt(unnamed), denominator: BigInt(rest) };
      const [whole, left] = [BigInt(own.price) * BigInt(rest), BigInt(own.price - own.named)];
      return { numerator: whole - left * BigInt(rest - unnamed), denominator: whole };
    },
  };
}

/**
 * The refunded part of a tax that several consignments were charged, each by its weight in it: exact, so that the
 * amount is rounded once.
 */
export function refundedShare(
  parts: readonly TaxPart[],
  weightOf: (part: TaxPart) => number,
  refunds: OrderRefunds,
): Ratio {
  const weight = total(parts.map(weightOf));
  if (weight === 0) return NOTHING;
  const refunded = parts
    .map((part) => {
      const { numerator, denominator } = refunds.shareOf(part.consignmentId);
      return { numerator: numerator * BigInt(weightOf(part)), denominator };
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

interface PaidRefund {
  readonly amount: number;
  readonly parcelId: string | undefined;
}

function paidRefunds(facts: readonly Fact[]): PaidRefund[] {
  const parcels = new Map<string, string | undefined>();
  const paid = new Map<string, PaidRefund>();
  for (const { name, data } of facts) {
    if (name === 'refund.requested') parcels.set(data.refundId, data.parcelId);
    if (name === 'refund.paid')
      paid.set(data.refundId, { amount: data.amount.amount, parcelId: parcels.get(data.refundId) });
    if (name === 'refund.failed') paid.delete(data.refundId);
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
  // Where the payment is gone, only what has left is supplied.
  const isGone = captureAt(facts) !== undefined && facts.some(({ name }) => name === 'payment.voided');
  return new Map(
    landedCost.consignments.map((consignment) => {
      const { consignmentId } = consignment;
      const parcelId = parcels.find((parcel) => parcel.consignmentId === consignmentId)?.parcelId ?? '';
      const price = priceOf(consignment, landedCost.currency).amountMinor;
      const isStopped = closed.get(parcelId) === 'stopped' || (isGone && !left.has(parcelId));
      const waivedOfIt = given.get(parcelId)?.amountMinor ?? 0;
      const refunds = paid.filter((refund) => refund.parcelId === parcelId);
      const refunded = total(refunds.map(({ amount }) => amount)) + waivedOfIt;
      const named = isStopped ? 0 : Math.min(refunded, price);
      return [consignmentId, { price, isStopped, named, waived: waivedOfIt }];
    }),
  );
}
