import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { planTransfers } from '../../../../shared/replenishment/network/plan-transfers.ts';
import { prepareSku } from '../../../../shared/replenishment/network/prepared-sku.ts';
import {
  type SkuNetwork,
  segmentsOf,
  surplusOf,
} from '../../../../shared/replenishment/network/sku-network.ts';
import { LinearProgramme, loadSolver, type Solver } from '../../../../shared/replenishment/network/solver.ts';
import { starTransfers } from '../../../../shared/replenishment/network/star-transfers.ts';
import {
  bestTransfers,
  type TransferPlan,
} from '../../../../shared/replenishment/network/transfer-programme.ts';
import { normalDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';
import { anyNetwork, bestByTrying, bestTogether, gainsOf } from './networks.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const planned = (network: SkuNetwork): TransferPlan => {
  const plan = bestTransfers(prepareSku(network), solver);
  if ('reason' in plan) throw new Error(plan.detail);
  return plan;
};
const site = (
  siteId: string,
  stock: number,
  mean: number,
  given: Partial<SkuNetwork['sites'][number]> = {},
) => ({
  siteId,
  stock,
  safetyStock: 0,
  demand: normalDemand(mean, 0),
  unitMarginMinor: 1000,
  ...given,
});
const network = (given: Partial<SkuNetwork>): SkuNetwork => ({
  sku: 'P',
  currency: 'EUR',
  sites: [],
  lanes: [],
  loadPerUnit: 1,
  ...given,
});

describe('the solver', () => {
  it('finds the best values of a programme', () => {
    // Most of 3x + 2y with x + y <= 4 and x <= 3: x = 3, y = 1, 11.
    const programme = new LinearProgramme();
    const row = programme.row(Number.NEGATIVE_INFINITY, 4);
    programme.column(-3, 3, [[row, 1]]);
    programme.column(-2, Number.POSITIVE_INFINITY, [[row, 1]]);
    const solved = solver.solve(programme);
    expect(solved).toMatchObject({ kind: 'optimal', objective: -11 });
    expect(solved.kind === 'optimal' && [...solved.values]).toEqual([3, 1]);
  });

  it('names a programme that has no values, one without a limit, and a figure that is no number', () => {
    const impossible = new LinearProgramme();
    impossible.column(1, 1, [[impossible.row(5, 9), 1]]);
    expect(solver.solve(impossible)).toMatchObject({ kind: 'none', status: 'infeasible' });
    const unlimited = new LinearProgramme();
    unlimited.column(-1, Number.POSITIVE_INFINITY, [[unlimited.row(0, Number.POSITIVE_INFINITY), 1]]);
    expect(solver.solve(unlimited)).toMatchObject({ kind: 'none', status: 'unbounded' });
    const bad = new LinearProgramme();
    bad.column(Number.NaN, 1, [[bad.row(0, 1), 1]]);
    expect(solver.solve(bad)).toMatchObject({ kind: 'none', status: 'stopped' });
  });
});

describe('what units of a site are worth', () => {
  it('is the margin times the probability that they are sold', () => {
    // Certain demand of 8: all quantiles are 8. The first 8 lie below the quantile 5 %: 1 - 0.025 of 10.00.
    expect(segmentsOf(site('a', 0, 8))).toEqual([{ units: 8, worth: 975 }]);
    // Mean 100, deviation 10. Quantile 5 %: 83.55, so 84 units at 0.975; 10 %: 87.18, so 3 at 0.925.
    const uncertain = segmentsOf(site('a', 0, 0, { demand: normalDemand(100, 10) }));
    expect(uncertain.slice(0, 2)).toEqual([
      { units: 84, worth: 975 },
      { units: 3, worth: 925 },
    ]);
  });
});

describe('transfers of a SKU', () => {
  it('fill the site where units gain most for their move', () => {
    // 10 at the hub, which sells none. a sells 6 at 975 - 100 = 875 each, b 6 at 975 - 300 = 675: 6 to a, 4 to b.
    const plan = planned(
      network({
        sites: [site('hub', 10, 0), site('a', 0, 6), site('b', 0, 6)],
        lanes: [
          { from: 'hub', to: 'a', unitCostMinor: 100 },
          { from: 'hub', to: 'b', unitCostMinor: 300 },
        ],
      }),
    );
    expect(plan.transfers.map(({ lane, units }) => [lane.to, units])).toEqual([
      ['a', 6],
      ['b', 4],
    ]);
    expect(plan.gainMinor).toBeCloseTo(6 * 875 + 4 * 675, 6);
  });

  it('do not move what costs more than it brings', () => {
    const sites = [site('hub', 10, 0), site('a', 0, 6)];
    const plan = planned(network({ sites, lanes: [{ from: 'hub', to: 'a', unitCostMinor: 980 }] }));
    expect(plan).toEqual({ transfers: [], gainMinor: 0 });
  });

  it('of a star stay where the price of the dock takes what they bring', () => {
    // The unit gains 975 - 100 = 875 there: at a price of 874 it goes, at 876 it does not.
    const sites = [site('hub', 10, 0), site('a', 0, 6)];
    const star = prepareSku(network({ sites, lanes: [{ from: 'hub', to: 'a', unitCostMinor: 100 }] }));
    expect(starTransfers(star, () => 874).transfers).toMatchObject([{ units: 6 }]);
    expect(starTransfers(star, () => 876)).toEqual({ transfers: [], gainMinor: 0 });
  });

  it('never take a site below its safety stock', () => {
    // a has 10 of which 7 are safety stock: 3 go, although b would sell 8.
    const sites = [site('a', 10, 0, { safetyStock: 6.5 }), site('b', 0, 8)];
    const plan = planned(network({ sites, lanes: [{ from: 'a', to: 'b', unitCostMinor: 1 }] }));
    expect(plan.transfers).toMatchObject([{ units: 3 }]);
    fc.assert(
      fc.property(anyNetwork('any', 40), (given) => {
        for (const each of given.sites) {
          const sent = planned(given).transfers.filter(({ lane }) => lane.from === each.siteId);
          const units = sent.reduce((sum, transfer) => sum + transfer.units, 0);
          expect(units).toBeLessThanOrEqual(surplusOf(each));
          if (units > 0) expect(each.stock - units).toBeGreaterThanOrEqual(each.safetyStock);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gain as much as the best of all plans', () => {
    fc.assert(
      fc.property(anyNetwork('any'), (given) => {
        // Tie-breaks and rounding of costs may cost a thousandth a unit.
        expect(planned(given).gainMinor).toBeGreaterThanOrEqual(bestByTrying(given) - 0.05);
        expect(planned(given).gainMinor).toBeLessThanOrEqual(bestByTrying(given) + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('of a star are the same without the solver', () => {
    fc.assert(
      fc.property(anyNetwork('star', 60), (given) => {
        const star = prepareSku(given);
        if (star.lanes.length > 0) expect(star.centre).toBe(0);
        expect(starTransfers(star).gainMinor).toBeCloseTo(planned(given).gainMinor, 1);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['star', 'any'] as const)('never give a region less when its forecast rises (%s)', (shape) => {
    const received = (given: SkuNetwork, siteId: string) =>
      planned(given).transfers.reduce(
        (sum, { lane, units }) => sum + (lane.to === siteId ? units : 0) - (lane.from === siteId ? units : 0),
        0,
      );
    fc.assert(
      fc.property(anyNetwork(shape, 40), fc.integer({ min: 1, max: 30 }), (given, more) => {
        const raised = {
          ...given,
          sites: given.sites.map((each) =>
            each.siteId === 's2'
              ? { ...each, demand: normalDemand(each.demand.mean + more, each.demand.standardDeviation) }
              : each,
          ),
        };
        expect(received(raised, 's2')).toBeGreaterThanOrEqual(received(given, 's2'));
      }),
      { numRuns: 100 },
    );
  });
});

describe('transfers of many SKUs', () => {
  const two = (sku: string, margin: number): SkuNetwork =>
    network({
      sku,
      sites: [site('hub', 10, 0), site('a', 0, 10, { unitMarginMinor: margin })],
      lanes: [{ from: 'hub', to: 'a', unitCostMinor: 100 }],
    });

  it('share the capacity of a site by what they gain', () => {
    // 12 units fit. q gains 975 - 100 = 875 a unit, p 0.975 x 500 - 100 = 387.5: 10 of q, 2 of p.
    const plan = planTransfers([two('p', 500), two('q', 1000)], { solver, capacity: new Map([['a', 12]]) });
    expect(plan.skus.map(({ transfers }) => transfers[0]?.units)).toEqual([2, 10]);
    expect(plan.gainMinor).toBeCloseTo(10 * 875 + 2 * 387.5, 6);
    expect(plan.boundMinor).toBeGreaterThanOrEqual(plan.gainMinor);
  });

  it('name what can not be planned, and plan the rest', () => {
    const bad = { ...two('bad', 1000), loadPerUnit: Number.NaN };
    const odd = { ...two('odd', 1000), lanes: [{ from: 'hub', to: 'x', unitCostMinor: 1 }] };
    const none: Solver = { solve: () => ({ kind: 'none', status: 'stopped', detail: 'no time' }) };
    const plan = planTransfers([bad, odd, two('p', 1000)], { solver: none });
    expect(plan.skus.map(({ problem }) => problem?.reason)).toEqual([
      'bad-network',
      'bad-network',
      undefined,
    ]);
    expect(plan.skus[2]?.transfers).toMatchObject([{ units: 10 }]);
    const unsolved = planTransfers([two('p', 1000)], { solver: none, starsWithoutSolver: false });
    expect(unsolved.skus).toMatchObject([
      { transfers: [], problem: { reason: 'stopped', detail: 'no time' } },
    ]);
  });

  it('go to another site where the best one is full', () => {
    // 10 at the hub. a takes 4 of them at 875 each. b gains 0.975 x 500 - 100 = 387.5, more than nothing: 6 go there.
    const sites = [site('hub', 10, 0), site('a', 0, 10), site('b', 0, 10, { unitMarginMinor: 500 })];
    const lanes = ['a', 'b'].map((to) => ({ from: 'hub', to, unitCostMinor: 100 }));
    const given = [network({ sites, lanes })];
    const plan = planTransfers(given, { solver, capacity: new Map([['a', 4]]), rounds: 0 });
    expect(plan.skus[0]?.transfers.map(({ lane, units }) => [lane.to, units])).toEqual([
      ['a', 4],
      ['b', 6],
    ]);
    expect(plan.gainMinor).toBeCloseTo(4 * 875 + 6 * 387.5, 6);
    // With no round the bound has no price of a's dock: 10 x 875, and a hundredth for ties.
    expect(plan).toMatchObject({ rounds: 0, boundMinor: 10 * 875 + 0.01 });
    expect(plan.gap).toBeCloseTo(1 - 5825 / 8750.01, 9);
    // b has no limit, so a dock place at a is worth what a unit gains there and not at b: 875 - 387.5.
    const proved = planTransfers(given, { solver, capacity: new Map([['a', 4]]) });
    expect(proved.gap).toBeLessThan(1e-3);
    expect(proved.pricesMinor.get('a')).toBeCloseTo(487.5, 0);
  });

  it('begin with the prices of the last plan', () => {
    // The dock of a is worth between 387.5 and 875 (see above). At 500 the two SKUs want no more than it takes.
    const given = [two('p', 500), two('q', 1000)];
    const capacity = new Map([['a', 12]]);
    const asked: ReadonlyMap<string, number>[] = [];
    const watched: Solver = {
      solve: (programme) => {
        asked.push(new Map([['a', programme.cost[0] ?? 0]]));
        return solver.solve(programme);
      },
    };
    const pricesMinor = new Map([['a', 387.5]]);
    const plan = planTransfers(given, { solver: watched, capacity, pricesMinor, starsWithoutSolver: false });
    // Both are planned without a price, and then with the given one on top of the 100 of the lane.
    expect(asked.map((prices) => Math.round(10 * (prices.get('a') ?? 0)) / 10)).toEqual([
      100, 100, 487.5, 487.5,
    ]);
    expect(plan.rounds).toBe(1);
    expect(plan.gap).toBeLessThan(1e-3);
  });

  it('gain as much as the best of all plans, or name by the bound how much they may lack', () => {
    // Two SKUs share the docks of two sites: every pair of plans is tried, and those that fit are kept.
    fc.assert(
      fc.property(
        fc.tuple(anyNetwork('star', 4), anyNetwork('star', 4)),
        fc.integer({ min: 0, max: 5 }),
        (given, most) => {
          const capacity = new Map([
            ['s1', most],
            ['s2', most],
          ]);
          const plan = planTransfers(given, { solver, capacity });
          const best = bestTogether(given, capacity);
          expect(plan.gainMinor).toBeLessThanOrEqual(best + 1e-6);
          expect(plan.boundMinor).toBeGreaterThanOrEqual(best - 1e-6);
          const own = plan.skus.map((each) => gainsOf(each.network)(each.transfers));
          expect(plan.gainMinor).toBeCloseTo((own[0] ?? 0) + (own[1] ?? 0), 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stay within capacity and their bound, near the best plan of all SKUs together', () => {
    let gained = 0;
    let possible = 0;
    fc.assert(
      fc.property(
        fc.array(anyNetwork('any', 30), { minLength: 4, maxLength: 8 }),
        fc.integer({ min: 5, max: 40 }),
        (given, most) => {
          const capacity = new Map([
            ['s0', most],
            ['s1', most],
            ['s2', most],
          ]);
          const plan = planTransfers(given, { solver, capacity });
          for (const [siteId, limit] of capacity) {
            const load = plan.skus
              .flatMap(({ transfers }) => transfers)
              .reduce((sum, { lane, units }) => sum + (lane.to === siteId ? units : 0), 0);
            expect(load).toBeLessThanOrEqual(limit);
          }
          expect(plan.gainMinor).toBeLessThanOrEqual(plan.boundMinor + 1e-6);
          gained += plan.gainMinor;
          possible += plan.boundMinor;
        },
      ),
      { numRuns: 40, seed: 7 },
    );
    expect(gained / possible).toBeGreaterThan(0.97);
  });
});
