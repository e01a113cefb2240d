import { type PreparedSku, worthOfFirst } from './prepared-sku.ts';
import type { SkuNetwork, TransferLane } from './sku-network.ts';
import { LinearProgramme, type Solver } from './solver.ts';

/** Units that go by a lane. */
interface Transfer {
  readonly lane: TransferLane;
  /** The place of the lane among those of its network. */
  readonly place: number;
  readonly units: number;
}

/** Transfers of a SKU, and what they are worth less what they cost, in minor units: expected, not whole. */
export interface TransferPlan {
  readonly transfers: readonly Transfer[];
  readonly gainMinor: number;
}

/** Why a SKU has no plan. */
export interface NoPlan {
  readonly reason: 'bad-network' | 'infeasible' | 'unbounded' | 'stopped';
  readonly detail: string;
}

/** What all SKUs together may bring to a site: its dock or its space, in the measure of `loadPerUnit`. */
export type SharedCapacity = ReadonlyMap<string, number>;

/** The transfers of one SKU, or why it has none. */
export interface SkuTransfers {
  readonly network: SkuNetwork;
  readonly transfers: readonly Transfer[];
  readonly gainMinor: number;
  readonly problem?: NoPlan | undefined;
}

/** A SKU as it is planned in a round. */
export interface PlannedSku extends TransferPlan {
  readonly sku: PreparedSku;
  readonly problem?: NoPlan | undefined;
}

/** Added to the cost of a unit by the lane's place, so that equal plans are decided the same way each time. */
const TIE_BREAK_MINOR = 1e-4;

/** The cost of a lane's unit to a thousandth of a minor unit, with its tie-break. */
export function costOfLane(lanes: readonly TransferLane[], place: number, priceMinor: number): number {
  const cost = (lanes[place]?.unitCostMinor ?? 0) + priceMinor;
  return Math.round(1000 * cost) / 1000 + (TIE_BREAK_MINOR * (place + 1)) / lanes.length;
}

/**
 * The transfers of one SKU with the highest expected gain: the worth of the units where they are, less the cost of
 * their moves. A minimum-cost flow: columns are units on lanes and units in the steps of a site, rows are the units of
 * a site above those that never leave, and what it can give. With whole stock, the vertices of such a programme are
 * whole. `prices` is what a lane's unit costs besides, for the limits that SKUs share.
 */
export function bestTransfers(
  sku: PreparedSku,
  solver: Solver,
  prices: (lane: TransferLane) => number = () => 0,
): TransferPlan | NoPlan {
  const { network, from, to, givable, starts, units, worth } = sku;
  if (sku.lanes.length === 0) return { transfers: [], gainMinor: 0 };
  const programme = new LinearProgramme();
  const holds: number[] = [];
  const gives: number[] = [];
  const none = Number.NEGATIVE_INFINITY;
  for (const place of sku.lanes)
    for (const site of [from[place] ?? 0, to[place] ?? 0])
      holds[site] ??= programme.row(none, givable[site] ?? 0);
  for (const place of sku.lanes) {
    const site = from[place] ?? 0;
    gives[site] ??= programme.row(none, givable[site] ?? 0);
  }
  const at = (rows: readonly number[], site = 0) => rows[site] ?? 0;
  for (const place of sku.lanes) {
    const lane = network.lanes[place] as TransferLane;
    programme.column(
      costOfLane(network.lanes, place, prices(lane)),
      lane.maxUnits ?? Number.POSITIVE_INFINITY,
      [
        [at(holds, from[place]), 1],
        [at(gives, from[place]), 1],
        [at(holds, to[place]), -1],
      ],
    );
  }
  for (const [site, row] of holds.entries()) {
    if (row === undefined) continue;
    for (let step = starts[site] ?? 0; step < (starts[site + 1] ?? 0); step += 1)
      programme.column(-(worth[step] ?? 0), units[step] ?? 0, [[row, 1]]);
  }
  const solved = solver.solve(programme);
  if (solved.kind === 'none') return { reason: solved.status, detail: solved.detail };
  const moved = new Float64Array(network.lanes.length);
  for (const [column, place] of sku.lanes.entries()) moved[place] = Math.round(solved.values[column] ?? 0);
  return transfersFrom(sku, moved);
}

/** The transfers of these units by lane, and what they are worth less what they cost, against no transfers at all. */
export function transfersFrom(sku: PreparedSku, moved: Float64Array): TransferPlan {
  const { network, from, to, givable } = sku;
  const transfers: Transfer[] = [];
  const change = new Float64Array(network.sites.length);
  let gainMinor = 0;
  for (const place of sku.lanes) {
    const units = moved[place] ?? 0;
    if (units <= 0) continue;
    const lane = network.lanes[place] as TransferLane;
    transfers.push({ lane, place, units });
    const [source = 0, target = 0] = [from[place], to[place]];
    change[source] = (change[source] ?? 0) - units;
    change[target] = (change[target] ?? 0) + units;
    gainMinor -= units * lane.unitCostMinor;
  }
  for (const [site, units] of change.entries()) {
    if (units === 0) continue;
    const own = givable[site] ?? 0;
    gainMinor += worthOfFirst(sku, site, own + units) - worthOfFirst(sku, site, own);
  }
  return { transfers, gainMinor };
}
