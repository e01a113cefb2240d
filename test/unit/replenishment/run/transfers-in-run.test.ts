import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replenishmentOf } from '../../../../shared/catalogue/index.ts';
import { transferLanes } from '../../../../shared/replenishment/run/transfers/transfer-lanes.ts';
import { warehouse } from '../../../builders/network.ts';
import { BERLIN, HUB, networkShop, PARIS } from '../network-shop.ts';

const SKU = 'MUG';
const planOf = (plans: readonly { sku: string; warehouseId: string }[], warehouseId: string) =>
  plans.find((plan) => plan.warehouseId === warehouseId);

describe('transfers of a run', () => {
  it('fill a warehouse from one that has more than it needs, and what is moved is not bought', async () => {
    // Berlin sells 4 a day: 14 days of lead time and 1 of review are 60 units. The hub sells none of its 500.
    const shop = networkShop({
      skus: [SKU],
      sells: { MUG: { [BERLIN]: 4 } },
      stock: { MUG: { [HUB]: 500 } },
    });
    const { plans } = await shop.run();
    const berlin = planOf(plans, BERLIN) as (typeof plans)[number];
    expect(berlin).toMatchObject({ outcome: 'proposed', units: 0 });
    expect(berlin.transfers).toMatchObject([{ fromWarehouseId: HUB, expectedOn: '2026-12-03' }]);
    const moved = berlin.transfers?.[0]?.units ?? 0;
    expect(moved).toBeGreaterThanOrEqual(60);
    expect(shop.orders().map(({ state }) => [state.kind, state.status, state.fromWarehouseId])).toEqual([
      ['transfer', 'approved', HUB],
    ]);
    expect(shop.orders()[0]?.state.lines).toMatchObject([{ sku: SKU, ordered: moved }]);
    // The next day nothing is asked for again, although the units have not left the hub.
    await shop.run();
    expect(shop.orders()).toHaveLength(1);
    expect(shop.leaving(SKU, HUB)).toBe(moved);
  });

  it('buy what no warehouse can give, once, and take nothing that was promised already', async () => {
    const shop = networkShop({
      skus: [SKU],
      sells: { MUG: { [BERLIN]: 4, [PARIS]: 4 } },
      stock: { MUG: { [HUB]: 70 } },
    });
    await shop.run();
    const lines = shop.orders().flatMap(({ state }) => state.lines.map((line) => [state.kind, line.ordered]));
    const moved = lines.flatMap(([kind, units]) => (kind === 'transfer' ? [Number(units)] : []));
    // The hub keeps one unit of its own: it has no demand, and a reorder point of nothing.
    expect(moved.reduce((all, units) => all + units, 0)).toBe(70);
    expect(lines.some(([kind]) => kind === 'purchase')).toBe(true);
    const before = shop.orders().length;
    await shop.run();
    expect(shop.orders()).toHaveLength(before);
  });

  it('never take a warehouse to its own reorder point, and solve a network with two sources', async () => {
    const shop = networkShop({
      skus: [SKU],
      sells: { MUG: { [HUB]: 2, [BERLIN]: 2, [PARIS]: 4 } },
      stock: { MUG: { [HUB]: 60, [BERLIN]: 55 } },
    });
    const { plans, run } = await shop.run();
    const paris = planOf(plans, PARIS) as (typeof plans)[number];
    expect(paris.transfers?.map(({ fromWarehouseId }) => fromWarehouseId).toSorted()).toEqual([BERLIN, HUB]);
    for (const site of [HUB, BERLIN]) {
      const plan = planOf(plans, site) as (typeof plans)[number];
      const reorderAt = plan.reasons.find(({ code }) => code === 'reorder-point')?.figure as number;
      expect(plan).toMatchObject({ outcome: 'enough' });
      expect(shop.stockOf(SKU, site) - shop.leaving(SKU, site)).toBeGreaterThan(reorderAt);
    }
    expect(run?.problems ?? []).toEqual([]);
  });

  const twoSources = {
    skus: [SKU],
    sells: { MUG: { [HUB]: 2, [BERLIN]: 2, [PARIS]: 4 } },
    stock: { MUG: { [HUB]: 60, [BERLIN]: 55 } },
  };
  const boughtOf = (shop: ReturnType<typeof networkShop>) =>
    shop.orders().map(({ state }) => [state.kind, state.warehouseId]);

  it('name a solver that can not be loaded, or finds nothing, and buy what could not be moved', async () => {
    const missing = networkShop({
      ...twoSources,
      moves: { solver: () => Promise.reject(new Error('highs.wasm is missing')) },
    });
    expect((await missing.run()).run?.problems).toEqual([
      {
        ...{ code: 'solver-failed', subject: 'transfers' },
        detail: 'the solver could not be loaded: highs.wasm is missing',
      },
      { code: 'transfer-not-planned', subject: SKU, detail: 'the solver could not be loaded' },
    ]);
    expect(boughtOf(missing)).toEqual([['purchase', PARIS]]);

    const solve = () =>
      ({ kind: 'none', status: 'infeasible', detail: 'no values fulfil all conditions' }) as const;
    const empty = networkShop({ ...twoSources, moves: { solver: async () => ({ solve }) } });
    const { run, plans } = await empty.run();
    expect(run?.problems).toMatchObject([{ code: 'transfer-not-planned', subject: SKU }]);
    expect(planOf(plans, PARIS)).toMatchObject({ notMoved: 'no values fulfil all conditions' });
    expect(boughtOf(empty)).toEqual([['purchase', PARIS]]);
  });

  it('name a product that is not stored, and buy it', async () => {
    const shop = networkShop({ ...twoSources, moves: { products: async () => [] } });
    const { plans } = await shop.run();
    expect(planOf(plans, PARIS)).toMatchObject({
      notMoved: 'no product MUG is stored: its weight and its code are unknown',
    });
    expect(boughtOf(shop)).toEqual([['purchase', PARIS]]);
  });
});

describe('the lanes of a run', () => {
  const site = (warehouseId: string, parentId?: string) =>
    warehouse({
      warehouseId,
      ...(parentId === undefined ? {} : { parent: { warehouseId: parentId, transferHours: 30 } }),
    });
  const lanesOf = (warehouses: ReturnType<typeof site>[], chosen: object[] = []) =>
    transferLanes(
      warehouses,
      replenishmentOf({
        replenishment: { ...(chosen.length === 0 ? {} : { transferLanes: chosen as never }) },
      }),
      new Set(warehouses.map(({ warehouseId }) => warehouseId)),
    );

  it('are the line-haul from parents, in whole days, and those of the settings in their place', () => {
    expect(lanesOf([site('hub'), site('fwd', 'hub')]).lanes).toMatchObject([
      { from: 'hub', to: 'fwd', days: 2 },
    ]);
    const chosen = [{ fromWarehouseId: 'hub', warehouseId: 'fwd', days: 5 }];
    expect(lanesOf([site('hub'), site('fwd', 'hub')], chosen).lanes).toMatchObject([{ days: 5 }]);
  });

  it('name a circle of parents once, and go on without it', () => {
    const found = lanesOf([site('aa', 'bb'), site('bb', 'aa'), site('hub'), site('fwd', 'hub')]);
    expect(found.lanes).toMatchObject([{ from: 'hub', to: 'fwd' }]);
    expect(new Set(found.problems.map(({ code, subject }) => `${code} ${subject}`))).toEqual(
      new Set(['network-cycle aa']),
    );
  });

  it('name a warehouse that is not stored', () => {
    const found = lanesOf([site('hub')], [{ fromWarehouseId: 'hub', warehouseId: 'gone', days: 1 }]);
    expect(found).toMatchObject({ lanes: [], problems: [{ code: 'unknown-warehouse', subject: 'gone' }] });
  });
});

const WAREHOUSES = [HUB, BERLIN, PARIS];
const happening = fc.oneof(
  fc.record({
    what: fc.constant('sell' as const),
    site: fc.constantFrom(...WAREHOUSES),
    units: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ what: fc.constantFrom('ship' as const, 'receive' as const), index: fc.nat(20) }),
  fc.record({ what: fc.constant('run' as const), seed: fc.integer({ min: 1, max: 1_000_000 }) }),
);

it('no need is both moved and bought, nor asked for twice, whatever happens and wherever runs are killed', async () => {
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 4, maxLength: 14 }),
      fc.record(Object.fromEntries(WAREHOUSES.map((site) => [site, fc.integer({ min: 0, max: 300 })]))),
      async (happenings, stock) => {
        let seed = 0;
        const isKilled = () => {
          if (seed === 0) return false;
          seed = (seed * 48_271) % 2_147_483_647;
          return seed % 12 === 0;
        };
        const shop = networkShop({
          ...{ skus: [SKU], sells: { MUG: { [HUB]: 1, [BERLIN]: 4, [PARIS]: 2 } }, stock: { MUG: stock } },
          isKilled,
        });
        for (const each of happenings) {
          const open = shop.orders().filter(({ state }) => state.status !== 'closed');
          const order = 'index' in each ? open[each.index % Math.max(1, open.length)] : undefined;
          if (each.what === 'sell') shop.sell(SKU, each.site, each.units);
          if (each.what === 'ship' && order?.state.kind === 'transfer') shop.ship(order);
          if (each.what === 'receive' && order !== undefined) shop.receive(order);
          if (each.what !== 'run') continue;
          const before = new Set(shop.orders().map(({ state }) => state.replenishmentOrderId));
          seed = each.seed;
          const { plans } = await shop.run();
          seed = 0;
          const placed = shop.orders().filter(({ state }) => !before.has(state.replenishmentOrderId));
          for (const plan of plans) {
            const own = placed.filter(({ state }) => state.warehouseId === plan.warehouseId);
            const unitsOf = (kind: string) =>
              own
                .filter(({ state }) => state.kind === kind)
                .flatMap(({ state }) => state.lines)
                .reduce((all, { ordered }) => all + ordered, 0);
            const planned = (plan.transfers ?? []).reduce((all, { units }) => all + units, 0);
            // What is placed is what the plan wants, whatever was killed: once, and each in its own kind.
            expect([unitsOf('purchase'), unitsOf('transfer')]).toEqual([plan.units ?? 0, planned]);
            moves += planned;
            // Who gives is left with more than its reorder point.
            const gives = placed.some(({ state }) => state.fromWarehouseId === plan.warehouseId);
            const reorderAt = plan.reasons.find(({ code }) => code === 'reorder-point')?.figure;
            const left = shop.stockOf(SKU, plan.warehouseId) - shop.leaving(SKU, plan.warehouseId);
            if (gives) expect(left).toBeGreaterThan(Number(reorderAt));
          }
          // The next day, with nothing sold and nothing received, nothing is moved or bought.
          const after = shop.orders().length;
          await shop.run();
          expect(shop.orders()).toHaveLength(after);
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(moves).toBeGreaterThan(100);
}, 120_000);
