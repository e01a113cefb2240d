import type { Fact, NewFact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { type Money, toJson } from '../kernel/money.ts';
import { captureAt, isCaptured } from './captures-due.ts';
import { currentIntent } from './intents.ts';
import { closedParcels, priceOf } from './parcel-ends.ts';
import type { Decided } from './timeline.ts';

/**
 * What the carrier collects in cash for a parcel, in the currency of the order: its price. So the amounts of the
 * parcels add up to the total. Undefined for an order that is paid in another way, and where nothing is to be
 * collected.
 */
export function toCollect(facts: readonly Fact[], parcelId: string): Money | undefined {
  const [placed] = facts;
  if (placed?.name !== 'order.placed' || captureAt(facts) !== 'delivery') return undefined;
  const { parcels, landedCost } = placed.data;
  const parcel = parcels.find((one) => one.parcelId === parcelId);
  const consignment = landedCost.consignments.find((one) => one.consignmentId === parcel?.consignmentId);
  if (consignment === undefined) return undefined;
  const price = priceOf(consignment, landedCost.currency);
  return price.amountMinor > 0 ? price : undefined;
}

/**
 * The captures that follow from deliveries which are about to be added, in an order whose carrier collects cash: a
 * carrier hands such a parcel over against its price only, so that its word of the delivery is its word of the money.
 * The reference is the tracking number, by which the carrier remits the money. The last one is final once every other
 * parcel is delivered or closed. Nothing is captured for an order that was stopped: its carrier was not to deliver it.
 */
export function cashCollected(facts: readonly Fact[], added: readonly Decided[]): Decided[] {
  const all: readonly NewFact[] = [...facts, ...added];
  const [placed] = facts;
  if (placed?.name !== 'order.placed' || captureAt(facts) !== 'delivery') return [];
  if (all.some(({ name }) => name === 'order.cancelled' || name === 'order.expired')) return [];
  const { paymentId } = currentIntent(facts);
  const over = new Set(
    all.flatMap((fact) =>
      fact.name === 'parcel.delivered' || fact.name === 'parcel.closed' ? [fact.data.parcelId] : [],
    ),
  );
  const delivered = added.flatMap((fact) => (fact.name === 'parcel.delivered' ? [fact.data] : []));
  const isLast = placed.data.parcels.every(({ parcelId }) => over.has(parcelId));
  return delivered.flatMap(({ parcelId, deliveredAt }, index): Decided[] => {
    const amount = toCollect(facts, parcelId);
    const label = all.findLast((fact) => fact.name === 'parcel.booked' && fact.data.parcelId === parcelId);
    if (amount === undefined || label?.name !== 'parcel.booked' || isCaptured(facts, parcelId)) return [];
    const isFinal = isLast && index === delivered.length - 1 ? undefined : false;
    return [
      {
        name: 'payment.captured',
        data: {
          ...{ paymentId, amount: toJson(amount), providerReference: label.data.trackingNumber, parcelId },
          ...defined({ isFinal }),
        },
        occurredAt: deliveredAt,
      },
    ];
  });
}

/**
 * Whether a parcel of an order whose carrier collects cash was closed without its money: the consignee refused it, or
 * it is lost. There was no sale of it, and no money to give back.
 */
export const isRefusedCash = (facts: readonly Fact[], parcelId: string): boolean =>
  captureAt(facts) === 'delivery' && closedParcels(facts).has(parcelId) && !isCaptured(facts, parcelId);
