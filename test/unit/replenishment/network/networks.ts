import fc from 'fast-check';
import type { SkuNetwork, TransferLane } from '../../../../shared/replenishment/network/sku-network.ts';
import { surplusOf } from '../../../../shared/replenishment/network/sku-network.ts';
import { gainOf, type Transfer } from '../../../../shared/replenishment/network/transfer-programme.ts';
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

/** The highest gain of all plans of whole units, by trying each. */
export function bestByTrying(network: SkuNetwork): number {
  let best = 0;
  const left = new Map(network.sites.map((site) => [site.siteId, surplusOf(site)]));
  const chosen: Transfer[] = [];
  const search = (place: number): void => {
    const lane = network.lanes[place];
    if (lane === undefined) {
      best = Math.max(best, gainOf(network, chosen));
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
  return best;
}
