import type { SkuNetwork, TransferLane } from './sku-network.ts';
import { segmentsOf, surplusOf, worthOfUnits } from './sku-network.ts';
import { LinearProgramme, type Solver } from './solver.ts';

/** Units that go by a lane. */
export interface Transfer {
  readonly lane: TransferLane;
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

/** Added to the cost of a unit by the lane's place, so that equal plans are decided the same way each time. */
const TIE_BREAK_MINOR = 1e-4;

/** The cost of a lane's unit to a thousandth of a minor unit, with its tie-break. */
export function costOfLane(lanes: readonly TransferLane[], place: number, priceMinor: number): number {
  const cost = (lanes[place]?.unitCostMinor ?? 0) + priceMinor;
  return Math.round(1000 * cost) / 1000 + (TIE_BREAK_MINOR * (place + 1)) / lanes.length;
}

/**
 * The transfers of one SKU with the highest expected gain: the worth of the units where they are, less the cost of
 * their moves. A minimum-cost flow: columns are units on lanes and units in the segments of a site, rows are the units
 * of a site and what it can give. With whole stock, the vertices of such a programme are whole. `prices` is what a
 * lane's unit costs besides, for the limits that SKUs share.
 */
export function bestTransfers(
  network: SkuNetwork,
  solver: Solver,
  prices: (lane: TransferLane) => number = () => 0,
): TransferPlan | NoPlan {
  const { sites, lanes } = network;
  const programme = new LinearProgramme();
  const holds = new Map<string, number>();
  const gives = new Map<string, number>();
  for (const site of sites) {
    holds.set(site.siteId, programme.row(Number.NEGATIVE_INFINITY, site.stock));
    gives.set(site.siteId, programme.row(Number.NEGATIVE_INFINITY, surplusOf(site)));
  }
  const at = (rows: Map<string, number>, siteId: string) => rows.get(siteId) ?? 0;
  for (const [place, lane] of lanes.entries())
    programme.column(costOfLane(lanes, place, prices(lane)), lane.maxUnits ?? Number.POSITIVE_INFINITY, [
      [at(holds, lane.from), 1],
      [at(gives, lane.from), 1],
      [at(holds, lane.to), -1],
    ]);
  for (const site of sites)
    for (const { units, worth } of segmentsOf(site))
      programme.column(-worth, units, [[at(holds, site.siteId), 1]]);
  const solved = solver.solve(programme);
  if (solved.kind === 'none') return { reason: solved.status, detail: solved.detail };
  const transfers = lanes.flatMap((lane, place) => {
    const units = Math.round(solved.values[place] ?? 0);
    return units === 0 ? [] : [{ lane, units }];
  });
  return { transfers, gainMinor: gainOf(network, transfers) };
}

/** What the transfers are worth less what they cost, against no transfers at all. */
export function gainOf(network: SkuNetwork, transfers: readonly Transfer[]): number {
  let gain = 0;
  const change = new Map<string, number>();
  for (const { lane, units } of transfers) {
    change.set(lane.from, (change.get(lane.from) ?? 0) - units);
    change.set(lane.to, (change.get(lane.to) ?? 0) + units);
    gain -= units * lane.unitCostMinor;
  }
  for (const site of network.sites) {
    const moved = change.get(site.siteId) ?? 0;
    if (moved === 0) continue;
    const segments = segmentsOf(site);
    gain += worthOfUnits(segments, site.stock + moved) - worthOfUnits(segments, site.stock);
  }
  return gain;
}
