import type { Fact } from '../../events/all-events.ts';
import type { PlannedConsignment } from '../../events/landed-cost.ts';
import { invariant } from '../kernel/invariant.ts';
import { parcelsToGo, type StockMove } from '../timeline/index.ts';

/**
 * The effect of new facts on stock: placing reserves, cancelling and expiring release what has not left, handing over
 * ships. Closing releases a stopped parcel and puts back the units of a returned one; lost goods stay shipped. Moves
 * of one SKU at one warehouse are merged, so that a basket with the SKU on two lines is checked once against the sum.
 */
export function stockMovesOf(before: readonly Fact[], added: readonly Fact[]): StockMove[] {
  const moves = new Map<string, StockMove>();
  const facts = [...before];
  for (const fact of added) {
    facts.push(fact);
    for (const move of movesOf(fact, facts)) {
      const key = `${move.warehouseId}#${move.sku}`;
      moves.set(key, merge(moves.get(key), move));
    }
  }
  return [...moves.values()];
}

function movesOf(fact: Fact, facts: readonly Fact[]): StockMove[] {
  switch (fact.name) {
    case 'order.placed':
      return fact.data.landedCost.consignments.flatMap(reserve);
    case 'order.cancelled':
    case 'order.expired':
      return consignmentsLeft(facts).flatMap(release);
    case 'parcel.dispatched':
      return ship(consignmentOf(facts, fact.data.parcelId));
    case 'parcel.closed':
      return close(consignmentOf(facts, fact.data.parcelId), fact.data);
    default:
      return [];
  }
}

const reserve = (consignment: PlannedConsignment) =>
  consignment.lines.map(({ sku, quantity }) =>
    move(consignment, sku, { available: -quantity, reserved: quantity }),
  );

const release = (consignment: PlannedConsignment) =>
  consignment.lines.map(({ sku, quantity }) =>
    move(consignment, sku, { available: quantity, reserved: -quantity }),
  );

const ship = (consignment: PlannedConsignment) =>
  consignment.lines.map(({ sku, quantity }) =>
    move(consignment, sku, { reserved: -quantity, onHand: -quantity, shipped: quantity }),
  );

function close(
  consignment: PlannedConsignment,
  { outcome, restock = [] }: Fact<'parcel.closed'>['data'],
): StockMove[] {
  if (outcome === 'stopped') return release(consignment);
  return restock.map(({ sku, sellable, writtenOff }) =>
    move(consignment, sku, {
      available: sellable,
      onHand: sellable,
      writtenOff,
      shipped: -sellable - writtenOff,
    }),
  );
}

function move(consignment: PlannedConsignment, sku: string, change: Partial<StockMove>): StockMove {
  return {
    sku,
    warehouseId: consignment.warehouseId,
    available: 0,
    reserved: 0,
    onHand: 0,
    shipped: 0,
    writtenOff: 0,
    ...change,
  };
}

function merge(a: StockMove | undefined, b: StockMove): StockMove {
  if (a === undefined) return b;
  return {
    ...b,
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    onHand: a.onHand + b.onHand,
    shipped: a.shipped + b.shipped,
    writtenOff: a.writtenOff + b.writtenOff,
  };
}

function placed(facts: readonly Fact[]): Fact<'order.placed'> {
  const first = facts[0];
  invariant(first?.name === 'order.placed', 'a timeline begins with order.placed');
  return first;
}

function consignmentOf(facts: readonly Fact[], parcelId: string): PlannedConsignment {
  const { parcels, landedCost } = placed(facts).data;
  const parcel = parcels.find((candidate) => candidate.parcelId === parcelId);
  const consignment = landedCost.consignments.find(
    (candidate) => candidate.consignmentId === parcel?.consignmentId,
  );
  invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
  return consignment;
}

function consignmentsLeft(facts: readonly Fact[]): PlannedConsignment[] {
  return parcelsToGo(facts).map((parcelId) => consignmentOf(facts, parcelId));
}
