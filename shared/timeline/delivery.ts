import type { Fact, NewFact } from '../../events/all-events.ts';
import { captureAt } from './captures-due.ts';
import { cashCollected } from './cash-collected.ts';
import { orderEndDue } from './parcel-ends.ts';
import { allDeliveredAt, type Piece, piecesOf, wasOnItsWayBack, withScan } from './pieces.ts';
import { brokenByDelivery } from './promise.ts';
import type { Decided } from './timeline.ts';

/**
 * The deliveries that follow from facts and those about to be added. A parcel is delivered once the warehouse has
 * handed it over and the carrier has delivered the last of its cartons. Two partners report these in either order, and
 * the second report completes the delivery. A late parcel breaks its promise, unless the clock has recorded that
 * before. The order is delivered with its last parcel. A parcel that a person has closed stays closed, whatever its
 * carrier says afterwards.
 */
export function deliveriesDue(facts: readonly Fact[], added: readonly Decided[]): Decided[] {
  const parcels = parcelsOf([...facts, ...added]);
  const due = [...parcels.entries()].flatMap(([parcelId, parcel]): Decided[] => {
    const { isDispatched, isOver } = parcel;
    const deliveredAt = allDeliveredAt(parcel.pieces);
    if (deliveredAt === undefined || !isDispatched || isOver) return [];
    // A parcel that was refused is delivered to its sender, on the same label: nobody paid, and a person closes it.
    if (captureAt(facts) === 'delivery' && parcel.pieces.some(wasOnItsWayBack)) return [];
    return [
      { name: 'parcel.delivered', data: { parcelId, deliveredAt }, occurredAt: deliveredAt },
      ...brokenByDelivery(facts, parcelId, deliveredAt),
    ];
  });
  if (due.length === 0) return [];
  const all = [...added, ...due];
  return [...due, ...cashCollected(facts, all), ...orderEndDue(facts, all)];
}

interface Progress {
  isDispatched: boolean;
  /** Delivered or closed. */
  isOver: boolean;
  pieces: readonly Piece[];
}

function parcelsOf(facts: readonly NewFact[]): Map<string, Progress> {
  const parcels = new Map<string, Progress>();
  for (const fact of facts) {
    if (fact.name === 'order.placed') {
      for (const { parcelId } of fact.data.parcels)
        parcels.set(parcelId, { isDispatched: false, isOver: false, pieces: [] });
    }
    const parcel = 'parcelId' in fact.data ? parcels.get(fact.data.parcelId ?? '') : undefined;
    if (parcel === undefined) continue;
    if (fact.name === 'parcel.dispatched') parcel.isDispatched = true;
    if (fact.name === 'parcel.delivered' || fact.name === 'parcel.closed') parcel.isOver = true;
    if (fact.name === 'parcel.booked') parcel.pieces = piecesOf(fact.data);
    if (fact.name === 'parcel.scanned') parcel.pieces = withScan(parcel.pieces, fact.data);
  }
  return parcels;
}
