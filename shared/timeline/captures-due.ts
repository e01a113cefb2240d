import type { Fact } from '../../events/all-events.ts';
import { add, fromJson, type Money, subtract, zero } from '../kernel/money.ts';
import { type CaptureAt, currentIntent } from './intents.ts';
import { parcelsThatLeft, parcelsToGo, priceOf } from './parcel-ends.ts';

/** When the money of an order is captured: undefined if after screening, or at once by the shopper. */
export const captureAt = (facts: readonly Fact[]): CaptureAt | undefined =>
  facts[0]?.name === 'order.placed' ? currentIntent(facts).captureAt : undefined;

export interface DueCapture {
  /** Undefined for one capture of all that left. */
  readonly parcelId: string | undefined;
  readonly amount: Money;
  readonly isFinal: boolean;
  /** The hand-over since which it is due. */
  readonly since: Fact;
}

/**
 * The captures that are due because goods have left, for an order that is paid at dispatch: the price of each parcel
 * that left; or one capture, once no parcel is to go, of all that left. What a person waived of a price when closing
 * its parcel is not captured. Empty for every other order, and for one that stopped or whose authorisation is gone.
 * What a carrier collects is captured with the delivery itself: {@link cashCollected}.
 */
export function capturesDue(facts: readonly Fact[]): DueCapture[] {
  const at = captureAt(facts);
  if (at === undefined || at === 'delivery' || isOver(facts)) return [];
  const due = unpaidParcels(facts);
  const isLast = parcelsToGo(facts).length === 0;
  if (at === 'dispatch')
    return due.map((one, index) => ({ ...one, isFinal: isLast && index === due.length - 1 }));
  const last = due.at(-1);
  if (!isLast || last === undefined) return [];
  const amount = due.map((one) => one.amount).reduce(add);
  return [{ parcelId: undefined, amount, isFinal: true, since: last.since }];
}

/**
 * The fact since which the rest of an authorisation pays for nothing, in an order that is paid at dispatch: every
 * parcel left or was closed, and what left was captured or waived. The rest is released then, because it would keep the
 * shopper's money or credit until it lapses. Undefined while more may be captured, and where nothing is held any more.
 */
export function restToRelease(facts: readonly Fact[]): Fact | undefined {
  const at = captureAt(facts);
  if (at === undefined || at === 'delivery' || isOver(facts)) return undefined;
  if (parcelsToGo(facts).length > 0 || unpaidParcels(facts).length > 0) return undefined;
  return facts.findLast(
    ({ name }) => name === 'parcel.closed' || name === 'parcel.dispatched' || name === 'payment.captured',
  );
}

/** The parcels that left and whose price was not captured, with what is to be captured: what nobody waived. */
function unpaidParcels(facts: readonly Fact[]): Omit<DueCapture, 'isFinal'>[] {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') return [];
  const { currency, consignments } = placed.data.landedCost;
  const left = parcelsThatLeft(facts);
  const given = waived(facts);
  return placed.data.parcels.flatMap(({ parcelId, consignmentId }) => {
    const since = facts.findLast(
      ({ name, data }) => name === 'parcel.dispatched' && data.parcelId === parcelId,
    );
    const consignment = consignments.find((one) => one.consignmentId === consignmentId);
    if (!left.has(parcelId) || isCaptured(facts, parcelId)) return [];
    if (since === undefined || consignment === undefined) return [];
    const price = priceOf(consignment, currency);
    const amount = subtract(price, given.get(parcelId) ?? zero(currency));
    return amount.amountMinor > 0 ? [{ parcelId, amount, since }] : [];
  });
}

/** Whether the price of a parcel was captured: with its own capture, or with one of all that left. */
export const isCaptured = (facts: readonly Fact[], parcelId: string): boolean =>
  facts.some(
    ({ name, data }) =>
      name === 'payment.captured' && (data.parcelId === undefined || data.parcelId === parcelId),
  );

/**
 * What a person waived of the prices of parcels that left and were closed before their capture, in an order that is
 * paid at dispatch. After the capture it is a refund instead. Nothing is waived of cash on delivery: a parcel that was
 * not delivered has no sale whose price could be given up.
 */
export function waived(facts: readonly Fact[]): ReadonlyMap<string, Money> {
  const [placed] = facts;
  const at = captureAt(facts);
  if (placed?.name !== 'order.placed' || at === undefined || at === 'delivery') return new Map();
  const { currency, consignments } = placed.data.landedCost;
  return new Map(
    facts.flatMap((fact, index) => {
      if (fact.name !== 'parcel.closed') return [];
      const { parcelId, refund } = fact.data;
      const before = facts.slice(0, index);
      if (refund === 'none' || !parcelsThatLeft(before).has(parcelId) || isCaptured(before, parcelId))
        return [];
      const parcel = placed.data.parcels.find((one) => one.parcelId === parcelId);
      const consignment = consignments.find((one) => one.consignmentId === parcel?.consignmentId);
      if (consignment === undefined) return [];
      const price = priceOf(consignment, currency);
      return [[parcelId, refund === 'share' ? price : fromJson(refund)] as const];
    }),
  );
}

/**
 * Whether goods of an order that is paid at dispatch have left, and what pays for them is gone: the authorisation was
 * voided or lapsed before their capture.
 */
export const isSentUnpaid = (facts: readonly Fact[]): boolean =>
  captureAt(facts) !== undefined &&
  facts.some(({ name }) => name === 'payment.voided') &&
  !facts.some(({ name }) => name === 'order.cancelled' || name === 'order.expired') &&
  unpaidParcels(facts).length > 0;

/** Nothing can be captured: it was captured finally, the authorisation is gone, or the order stopped. */
const isOver = (facts: readonly Fact[]): boolean =>
  !facts.some(({ name }) => name === 'payment.authorised') ||
  facts.some(
    (fact) =>
      fact.name === 'payment.voided' ||
      fact.name === 'order.cancelled' ||
      fact.name === 'order.expired' ||
      (fact.name === 'payment.captured' && fact.data.isFinal !== false),
  );
