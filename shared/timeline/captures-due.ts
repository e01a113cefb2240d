import type { Fact } from '../../events/all-events.ts';
import { type Money, sum } from '../kernel/money.ts';
import { currentIntent } from './intents.ts';
import { closedParcels, parcelsThatLeft, parcelsToGo, priceOf } from './parcel-ends.ts';

/** When the money of an order is captured: undefined if after screening, or at once by the shopper. */
export const captureAt = (facts: readonly Fact[]): 'dispatch' | 'last-dispatch' | undefined =>
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
 * that left; or one capture, once no parcel is to go, of all that left and was not closed. Empty for every other order,
 * and for one that stopped or whose authorisation is gone.
 */
export function capturesDue(facts: readonly Fact[]): DueCapture[] {
  const at = captureAt(facts);
  const [placed] = facts;
  if (at === undefined || placed?.name !== 'order.placed' || isOver(facts)) return [];
  const { currency, consignments } = placed.data.landedCost;
  const left = parcelsThatLeft(facts);
  const closed = closedParcels(facts);
  const captured = new Set(
    facts.flatMap((fact) => (fact.name === 'payment.captured' ? [fact.data.parcelId] : [])),
  );
  const due = placed.data.parcels.flatMap(({ parcelId, consignmentId }) => {
    const since = facts.findLast(
      ({ name, data }) => name === 'parcel.dispatched' && data.parcelId === parcelId,
    );
    const consignment = consignments.find((one) => one.consignmentId === consignmentId);
    if (!left.has(parcelId) || closed.has(parcelId) || captured.has(parcelId)) return [];
    if (since === undefined || consignment === undefined) return [];
    return [{ parcelId, amount: priceOf(consignment, currency), since }];
  });
  const isLast = parcelsToGo(facts).length === 0;
  if (at === 'dispatch')
    return due.map((one, index) => ({ ...one, isFinal: isLast && index === due.length - 1 }));
  const last = due.at(-1);
  if (!isLast || last === undefined || captured.size > 0) return [];
  const amount = sum(
    due.map((one) => one.amount),
    currency,
  );
  return [{ parcelId: undefined, amount, isFinal: true, since: last.since }];
}

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
