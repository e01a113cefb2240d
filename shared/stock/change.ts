import { invariant } from '../kernel/invariant.ts';
import type { StockMove } from '../timeline/index.ts';
import type { CounterChange, CounterName } from './position.ts';

/** A SKU at a warehouse: stock is counted per place. */
export interface StockPlace {
  readonly sku: string;
  readonly warehouseId: string;
}

/** A key of the place; neither part contains a hash. */
export const placeKey = ({ sku, warehouseId }: StockPlace): string => `${sku}#${warehouseId}`;

/** Counters that units are taken from. They never go below zero. */
const takenCounters = ['available', 'reserved', 'quarantined', 'inTransit'] as const;
type TakenCounter = (typeof takenCounters)[number];

/** Units that all move in the same way: `perUnit` says how one of them changes the counters. */
export interface Strand {
  readonly quantity: number;
  readonly perUnit: CounterChange;
}

/**
 * A change of one place's stock. Either all strands take from the same counter, or none takes. `onMain`: the units are
 * counted in the first bucket only, like those in transit.
 */
export interface StockChange extends StockPlace {
  readonly strands: readonly Strand[];
  readonly onMain?: true;
}

/** The units of a change that one bucket gives. */
export interface Take {
  readonly bucket: number;
  readonly quantity: number;
}

/** Units that have to be in a counter. */
export interface NeededUnits {
  readonly counter: TakenCounter;
  readonly quantity: number;
}

/** The units that a change takes, or undefined when it only adds. */
export function neededOf(change: StockChange): NeededUnits | undefined {
  const [first] = change.strands;
  const counter = takenCounters.find((name) => (first?.perUnit[name] ?? 0) < 0);
  for (const { perUnit } of change.strands) {
    const taken = takenCounters.filter((name) => (perUnit[name] ?? 0) < 0);
    invariant(taken.length <= 1 && taken[0] === counter, 'a change takes from one counter', { ...change });
  }
  return counter === undefined ? undefined : { counter, quantity: unitsOf(change) };
}

export function unitsOf({ strands }: StockChange): number {
  return strands.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The change of each bucket's counters when the units come from these buckets. The sum is the whole change. */
export function splitChange(
  change: StockChange,
  takes: readonly Take[],
): { readonly bucket: number; readonly counters: CounterChange }[] {
  const rest = change.strands.map((strand) => ({ ...strand }));
  const parts = takes.map(({ bucket, quantity }) => {
    const counters: Partial<Record<CounterName, number>> = {};
    let wanted = quantity;
    for (const strand of rest) {
      const units = Math.min(strand.quantity, wanted);
      if (units === 0) continue;
      strand.quantity -= units;
      wanted -= units;
      for (const [name, each] of Object.entries(strand.perUnit) as [CounterName, number][])
        counters[name] = (counters[name] ?? 0) + each * units;
    }
    invariant(wanted === 0, 'no more is taken than the change is of', { sku: change.sku });
    return { bucket, counters };
  });
  invariant(
    rest.every(({ quantity }) => quantity === 0),
    'the buckets give all units of the change',
    { sku: change.sku },
  );
  return parts;
}

/** The effect of an order's facts on stock: units reserved, released, shipped, or come back. */
export function changeOfMove(stockMove: StockMove): StockChange {
  const { sku, warehouseId, available, reserved, onHand, shipped, writtenOff } = stockMove;
  if (shipped < 0) return changeOfReturn(stockMove);
  const strands: Strand[] = [
    { quantity: Math.max(-available, 0), perUnit: { available: -1, reserved: 1 } },
    { quantity: shipped, perUnit: { reserved: -1, onHand: -1, shipped: 1 } },
    // Units that were shipped and came back broken in the same step.
    { quantity: writtenOff, perUnit: { reserved: -1, onHand: -1, writtenOff: 1 } },
    { quantity: Math.max(available, 0), perUnit: { reserved: -1, available: 1 } },
  ].filter(({ quantity }) => quantity > 0);
  invariant(
    onHand === -shipped - writtenOff && reserved === -available - shipped - writtenOff,
    'an order reserves, releases or ships units',
    { sku, warehouseId },
  );
  return { sku, warehouseId, strands };
}

/** Units that were shipped and came back: some can be sold again, the others are written off. */
function changeOfReturn(stockMove: StockMove): StockChange {
  const { sku, warehouseId, available, reserved, onHand, shipped, writtenOff } = stockMove;
  invariant(
    reserved === 0 && available === onHand && shipped === -available - writtenOff,
    'units that come back can be sold or are written off',
    { sku, warehouseId },
  );
  const strands: Strand[] = [
    { quantity: available, perUnit: { shipped: -1, onHand: 1, available: 1 } },
    { quantity: writtenOff, perUnit: { shipped: -1, writtenOff: 1 } },
  ];
  return { sku, warehouseId, strands: strands.filter(({ quantity }) => quantity > 0) };
}
