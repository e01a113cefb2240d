import type { Warehouse } from '../../catalogue/index.ts';
import { type BasketLine, wantedOf } from '../basket.ts';
import type { Availability } from '../ports.ts';
import { type Stop, waySteps } from './blocker.ts';
import type { ConsignmentCosting } from './cost-consignments.ts';

/**
 * Which warehouses could send a line by itself, regardless of stock, and the check that the ways of the others fail.
 */
export interface LineWays {
  readonly passing: readonly Warehouse[];
  /** By warehouse: the lane that passes the most checks. */
  readonly stopped: ReadonlyMap<Warehouse, Stop>;
}

/** The ways of the line at that place of the costing's basket. */
export function waysOfLine(
  costing: ConsignmentCosting,
  warehouses: readonly Warehouse[],
  line: number,
): LineWays {
  const passing: Warehouse[] = [];
  const stopped = new Map<Warehouse, Stop>();
  for (const warehouse of warehouses) {
    const stops = costing.stops(warehouse, [line], [line]);
    if (stops === undefined) passing.push(warehouse);
    else stopped.set(warehouse, farthest(stops) ?? NO_LANE);
  }
  return { passing, stopped };
}

/** Why a line can't be sent by itself: too few units in the right warehouses, or no way from where the units are. */
export type LineFault =
  | { readonly kind: 'short'; readonly sendable: number }
  | { readonly kind: 'stopped'; readonly stop: Stop };

/**
 * The fault of a line that can't be sent by itself; undefined if it can. A warehouse with stock comes before one
 * without. Its failed check is reported, unless some units can be sent from elsewhere, or it has too few.
 */
export function faultOf(
  { sku }: BasketLine,
  lines: readonly BasketLine[],
  { passing, stopped }: LineWays,
  stock: Availability,
): LineFault | undefined {
  const wanted = wantedOf(lines, sku);
  const unitsAt = ({ warehouseId }: Warehouse) => stock.get(sku)?.get(warehouseId) ?? 0;
  const sendable = passing.reduce((all, warehouse) => all + unitsAt(warehouse), 0);
  if (sendable >= wanted) return undefined;
  const holders = [...stopped].filter(([warehouse]) => unitsAt(warehouse) > 0);
  const held = holders.reduce((all, [warehouse]) => all + unitsAt(warehouse), 0);
  const stop = farthest(holders.map(([, each]) => each));
  const isEnough = passing.length === 0 || held >= wanted;
  return sendable === 0 && stop !== undefined && isEnough
    ? { kind: 'stopped', stop }
    : { kind: 'short', sendable };
}

/**
 * What stops lines that can each be sent by themselves: each line is given to a warehouse that has it, and the first
 * consignment that can't go is reported. Undefined if all of them can.
 */
export function stopTogether(
  costing: ConsignmentCosting,
  lines: readonly BasketLine[],
  ways: readonly LineWays[],
  stock: Availability,
): Stop | undefined {
  const left = new Map([...stock].map(([sku, units]) => [sku, new Map(units)]));
  const groups = new Map<Warehouse, number[]>();
  // The largest lines first: a small one can still go where little is left.
  const inTurn = [...lines.entries()].toSorted(([, a], [, b]) => b.quantity - a.quantity);
  for (const [index, { sku, quantity }] of inTurn) {
    const unitsAt = ({ warehouseId }: Warehouse) => left.get(sku)?.get(warehouseId) ?? 0;
    const { passing = [], stopped = new Map<Warehouse, Stop>() } = ways[index] ?? {};
    const sender = passing.find((warehouse) => unitsAt(warehouse) >= quantity);
    if (sender === undefined) {
      const holders = [...stopped].filter(([warehouse]) => unitsAt(warehouse) >= quantity);
      const stop = farthest(holders.map(([, each]) => each));
      if (stop !== undefined) return stop;
      continue;
    }
    left.get(sku)?.set(sender.warehouseId, unitsAt(sender) - quantity);
    groups.set(sender, [...(groups.get(sender) ?? []), index]);
  }
  for (const [warehouse, own] of groups) {
    const { country } = warehouse.address;
    const together = [...groups].flatMap(([{ address }, group]) =>
      address.country === country ? group : [],
    );
    const stops = costing.stops(
      warehouse,
      own.toSorted((a, b) => a - b),
      together.toSorted((a, b) => a - b),
    );
    const stop = stops && farthest(stops);
    if (stop !== undefined) return stop;
  }
  return undefined;
}

/** The warehouse has no lane there, or none by the requested service. */
const NO_LANE: Stop = { step: 'lane', blocker: { reason: 'no-lane', detail: 'no lane goes there' } };

/** The failed check that comes last; the first one among equals. */
function farthest(stops: readonly Stop[]): Stop | undefined {
  return stops.reduce<Stop | undefined>(
    (best, stop) =>
      best === undefined || waySteps.indexOf(stop.step) > waySteps.indexOf(best.step) ? stop : best,
    undefined,
  );
}
