import fc from 'fast-check';
import type { SkuNetwork, TransferLane } from '../../../../shared/replenishment/network/sku-network.ts';
import { segmentsOf, surplusOf } from '../../../../shared/replenishment/network/sku-network.ts';
import { normalDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';

/** A network of three or four sites: a star from the first one, or lanes between any two. */
export const anyNetwork = (shape: 'star' | 'any', most = 6): fc.Arbitrary<SkuNetwork> =>
  fc
    .record({
      sites: fc.array(
        fc.record({
          stock: fc.nat(most),
          safetyStock: fc.nat(3),
          mean: fc.integer({ min: 0, max: most }),
          margin: fc.integer({ min: 100, max: 900 }),
        }),
        { minLength: 3, maxLength: 4 },
      ),
      costs: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 12, maxLength: 12 }),
      hub: fc.nat(most),
    })
    .map(({ sites, costs, hub }) => {
      const named = sites.map(({ stock, safetyStock, mean, margin }, index) => ({
        siteId: `s${index}`,
        stock: index === 0 ? stock + hub : stock,
        safetyStock,
        demand: normalDemand(mean, mean / 2),
        unitMarginMinor: margin,
      }));
      const pairs = named.flatMap((from, a) =>
        named.flatMap((to, b) =>
          a !== b && (shape === 'any' ? (a + b) % 2 === 1 : a === 0)
            ? [[from.siteId, to.siteId] as const]
            : [],
        ),
      );
      const lanes: TransferLane[] = pairs.map(([from, to], index) => ({
        from,
        to,
        unitCostMinor: costs[index % costs.length] ?? 0,
      }));
      return { sku: 'P', currency: 'EUR', sites: named, lanes, loadPerUnit: 1 };
    });

interface Move {
  readonly lane: TransferLane;
  readonly units: number;
}

/**
 * What moves are worth less what they cost, from the definition: the worth of each unit at its site, one by one, is
 * added up in a table first.
 */
export function gainsOf({ sites }: SkuNetwork): (moves: readonly Move[]) => number {
  const tables = sites.map((site) => {
    const sums = [0];
    for (const { units, worth } of segmentsOf(site))
      for (let unit = 0; unit < units; unit += 1) sums.push((sums.at(-1) ?? 0) + worth);
    return { site, sums };
  });
  return (moves) => {
    let gain = 0;
    for (const { lane, units } of moves) gain -= units * lane.unitCostMinor;
    for (const { site, sums } of tables) {
      let units = site.stock;
      for (const { lane, units: moved } of moves) {
        if (lane.to === site.siteId) units += moved;
        if (lane.from === site.siteId) units -= moved;
      }
      const worthOf = (count: number) => sums[Math.min(count, sums.length - 1)] ?? 0;
      gain += worthOf(units) - worthOf(site.stock);
    }
    return gain;
  };
}

/** The highest gain of all plans of whole units, by trying each. */
export function bestByTrying(network: SkuNetwork): number {
  const gainOf = gainsOf(network);
  let best = 0;
  forEachPlan(network, (moves) => {
    best = Math.max(best, gainOf(moves));
  });
  return best;
}

/** The highest gain of two SKUs whose plans fit into the sites together, by trying each pair. */
export function bestTogether(
  [one, other]: readonly [SkuNetwork, SkuNetwork],
  capacity: ReadonlyMap<string, number>,
): number {
  const plansOf = (network: SkuNetwork) => {
    const gainOf = gainsOf(network);
    // The best gain for each pair of loads, so that the pairs of plans are few.
    const best = new Map<string, { readonly loads: readonly number[]; readonly gain: number }>();
    forEachPlan(network, (moves) => {
      const loads = [...capacity.keys()].map((siteId) =>
        moves.reduce((sum, { lane, units }) => sum + (lane.to === siteId ? units : 0), 0),
      );
      const gain = gainOf(moves);
      const known = best.get(loads.join());
      if (known === undefined || known.gain < gain) best.set(loads.join(), { loads, gain });
    });
    return [...best.values()];
  };
  const limits = [...capacity.values()];
  const others = plansOf(other);
  const gains = plansOf(one).flatMap((a) =>
    others
      .filter((b) => limits.every((most, place) => (a.loads[place] ?? 0) + (b.loads[place] ?? 0) <= most))
      .map((b) => a.gain + b.gain),
  );
  return Math.max(0, ...gains);
}

/** Calls back with each plan of whole units; the list is used again for the next one. */
function forEachPlan(network: SkuNetwork, visit: (moves: readonly Move[]) => void): void {
  const left = new Map(network.sites.map((site) => [site.siteId, surplusOf(site)]));
  const chosen: Move[] = [];
  const search = (place: number): void => {
    const lane = network.lanes[place];
    if (lane === undefined) {
      visit(chosen);
      return;
    }
    const given = left.get(lane.from) ?? 0;
    for (let units = 0; units <= given; units += 1) {
      left.set(lane.from, given - units);
      chosen.push({ lane, units });
      search(place + 1);
      chosen.pop();
    }
    left.set(lane.from, given);
  };
  search(0);
}
