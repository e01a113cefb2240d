import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReplenishmentSettings, replenishmentOf } from '../../../../../shared/catalogue/index.ts';
import { hubLanes } from '../../../../../shared/replenishment/run/hubs/hub-lanes.ts';
import { BERLIN, HUB, networkShop, PARIS } from '../../network-shop.ts';

const SKU = 'MUG';
const hubs: Partial<ReplenishmentSettings> = { hubs: [{ warehouseId: HUB }] };
const shopOf = (over: Omit<Parameters<typeof networkShop>[0], 'skus'>) =>
  networkShop({ skus: [SKU], settings: hubs, ...over });
type Shop = ReturnType<typeof shopOf>;
type Plans = Awaited<ReturnType<Shop['run']>>['plans'];
const planOf = (plans: Plans, warehouseId: string) =>
  plans.find((plan) => plan.warehouseId === warehouseId) ?? expect.fail(`a plan for ${warehouseId}`);
const ordered = (shop: Shop) =>
  shop
    .orders()
    .map(({ state }) => [
      ...[state.kind, state.fromWarehouseId, state.warehouseId],
      state.lines.reduce((all, line) => all + line.ordered, 0),
    ])
    .toSorted();
const reorderAt = (plan: Plans[number]) => plan.stage?.reorderAt ?? 0;
const safetyOf = (plan: Plans[number]) => plan.stage?.safetyStock ?? 0;
const figure = (plan: Plans[number], code: string) => plan.reasons.find((each) => each.code === code)?.figure;

describe('a hub in the daily run', () => {
  it('has a plan although it sells nothing itself, fills its sites, and buys for all of them', async () => {
    // 4 a day in Berlin and 4 in Paris. The way takes 2 days, the supplier 14, and a run is made every day: 3 days or
    // 12 units at each site, 15 days or 120 units at the hub, and what the spread of the forecast asks for.
    const shop = shopOf({
      sells: { MUG: { [BERLIN]: 4, [PARIS]: 4 } },
      stock: { MUG: { [HUB]: 70, [BERLIN]: 5 } },
    });
    const { plans, run } = await shop.run();
    const [hub, berlin, paris] = [HUB, BERLIN, PARIS].map((id) => planOf(plans, id)) as [
      Plans[0],
      Plans[0],
      Plans[0],
    ];
    expect(berlin.stage).toMatchObject({ fedBy: HUB, feeds: [], inboundDays: 0, netDays: 3, perDay: 4 });
    expect(hub.stage).toMatchObject({
      feeds: [BERLIN, PARIS],
      inboundDays: 14,
      serviceDays: 0,
      netDays: 15,
      perDay: 8,
    });
    expect([berlin, hub].map((plan) => figure(plan, 'forecast'))).toEqual([12, 120]);
    expect([berlin, hub].map(safetyOf).every((units) => units > 0)).toBe(true);
    expect(reorderAt(berlin)).toBeCloseTo(12 + safetyOf(berlin), 2);
    // The bounds of two like sites together are root of 2 times that of one; the hub adds what a late supplier needs:
    // 1.645 x 8 a day x a quarter of 14 days.
    const late = 1.6448536 * 8 * 3.5;
    expect(safetyOf(hub)).toBeGreaterThan(late);
    expect(reorderAt(hub)).toBeCloseTo(120 + safetyOf(hub), 2);
    // Each site is brought above its reorder point of 13.79: 14 - 5 and 14.
    expect([reorderAt(berlin), reorderAt(paris)].map(Math.floor)).toEqual([13, 13]);
    expect(berlin).toMatchObject({
      ...{ outcome: 'proposed', units: 0 },
      transfers: [{ fromWarehouseId: HUB, units: 9, expectedOn: '2026-12-03' }],
    });
    expect(paris.transfers).toMatchObject([{ units: 14 }]);
    // The hub has 70 - 23 = 47, and orders what brings it to its reorder point, in cases of 6.
    expect(figure(hub, 'position')).toBe(47);
    const bought = 6 * Math.ceil((reorderAt(hub) - 47) / 6);
    expect(hub).toMatchObject({ outcome: 'proposed', units: bought });
    expect(hub.forecast).toBeUndefined();
    expect(run?.problems ?? []).toEqual([]);
    expect(ordered(shop)).toEqual([
      ['purchase', undefined, HUB, bought],
      ['transfer', HUB, BERLIN, 9],
      ['transfer', HUB, PARIS, 14],
    ]);
    // The figures are in the reasons of the order.
    const reasons = shop.orders().find(({ state }) => state.kind === 'purchase')?.steps[0]?.facts[0];
    expect(JSON.stringify(reasons)).toContain(
      'net-lead-time: 15 days = 14 until its supplier delivers + 1 review',
    );
    // What is under way counts where it goes, and the next day nothing is ordered again.
    await shop.run();
    expect(shop.orders()).toHaveLength(3);
  });

  it('buys what its sites need and it does not have, once, and they buy nothing', async () => {
    const shop = shopOf({ sells: { MUG: { [BERLIN]: 4, [PARIS]: 4 } }, stock: {} });
    const { plans } = await shop.run();
    for (const site of [BERLIN, PARIS])
      expect(planOf(plans, site)).toMatchObject({ outcome: 'not-planned', why: 'waits-for-hub' });
    // Each site needs 14 units, which the hub owes: they are above its reorder point, in cases of 6.
    const hub = planOf(plans, HUB);
    const bought = 6 * Math.ceil((reorderAt(hub) + 28) / 6);
    expect(hub).toMatchObject({ stage: { owed: 28 }, units: bought });
    expect(figure(hub, 'position')).toBe(-28);
    expect(ordered(shop)).toEqual([['purchase', undefined, HUB, bought]]);
    await shop.run();
    await shop.run();
    expect(shop.orders()).toHaveLength(1);
    // When it comes, the sites get it: it is not bought again.
    for (const order of shop.orders()) shop.receive(order);
    await shop.run();
    expect(ordered(shop).slice(1)).toEqual([
      ['transfer', HUB, BERLIN, 14],
      ['transfer', HUB, PARIS, 14],
    ]);
    expect(shop.orders()).toHaveLength(3);
  });

  it('shares what it has fairly, and keeps what its own shoppers need until the next run', async () => {
    const shop = shopOf({
      sells: { MUG: { [HUB]: 2, [BERLIN]: 4, [PARIS]: 4 } },
      stock: { MUG: { [HUB]: 12, [BERLIN]: 6 } },
    });
    const { plans } = await shop.run();
    const moved = (id: string) => planOf(plans, id).transfers?.[0]?.units ?? 0;
    // 2 units stay for the shoppers of a day. Both sites want 14; Berlin has 6, and 10 units bring both to 8.
    expect([moved(BERLIN), moved(PARIS)]).toEqual([2, 8]);
    expect(planOf(plans, HUB)).toMatchObject({
      outcome: 'proposed',
      forecast: { perDay: 2 },
      stage: { perDay: 10 },
    });
  });

  it('gives what it has without a supplier, and names the need that is left', async () => {
    const shop = shopOf({
      ...{ sells: { MUG: { [BERLIN]: 4 } }, stock: { MUG: { [HUB]: 20 } }, suppliers: [] },
    });
    const { plans } = await shop.run();
    expect(planOf(plans, HUB)).toMatchObject({ outcome: 'not-planned', why: 'no-supplier' });
    expect(planOf(plans, BERLIN).transfers).toMatchObject([{ fromWarehouseId: HUB }]);
  });

  it('leaves a site to itself whose way has no landed cost, and names it', async () => {
    const shop = shopOf({
      ...{ sells: { MUG: { [BERLIN]: 4 } }, stock: {}, moves: { products: async () => [] } },
    });
    const { plans, run } = await shop.run();
    expect(planOf(plans, BERLIN)).toMatchObject({ outcome: 'proposed' });
    expect(planOf(plans, BERLIN).units).toBeGreaterThan(0);
    expect(plans).toHaveLength(1);
    expect(run?.problems).toMatchObject([{ code: 'lane-not-priced', subject: `${HUB} ${BERLIN}` }]);
  });

  it('is planned as before where the settings name no hub, or one without a lane', async () => {
    const given = { sells: { MUG: { [BERLIN]: 4, [HUB]: 1 } }, stock: { MUG: { [HUB]: 40, [BERLIN]: 9 } } };
    const plans = async (settings: Partial<ReplenishmentSettings>) =>
      (await networkShop({ skus: [SKU], ...given, settings }).run()).plans;
    const alone = await plans({});
    expect(alone.map(({ stage }) => stage)).toEqual([undefined, undefined]);
    expect(await plans({ hubs: [{ warehouseId: 'at-wien' }] })).toEqual(alone);
  });

  it('of a circle is named, and the warehouses are planned one by one', async () => {
    const shop = shopOf({
      sells: { MUG: { [BERLIN]: 4, [PARIS]: 4 } },
      ...{
        stock: {},
        settings: {
          hubs: [
            { warehouseId: BERLIN, feeds: [PARIS] },
            { warehouseId: PARIS, feeds: [BERLIN] },
          ],
        },
      },
    });
    const { plans, run } = await shop.run();
    expect(run?.problems).toMatchObject([
      {
        ...{ code: 'network-cycle', subject: 'hubs of de-berlin' },
        detail:
          'goods go in a circle: de-berlin to fr-paris to de-berlin: de-berlin, fr-paris are planned one by one',
      },
    ]);
    expect(plans.map(({ outcome, units = 0 }) => [outcome, units > 0])).toEqual([
      ['proposed', true],
      ['proposed', true],
    ]);
  });
});

describe('the lanes of hubs', () => {
  const lane = (from: string, to: string) => ({
    ...{ from, to, days: 1, fromCountry: 'PL' as const, toCountry: 'DE' as const },
  });
  const settingsOf = (given: NonNullable<ReplenishmentSettings['hubs']>) =>
    replenishmentOf({ replenishment: { hubs: given } });

  it('are those of its settings, and its other lanes are left out', () => {
    const lanes = [lane('a', 'b'), lane('a', 'c'), lane('b', 'c'), lane('x', 'y')];
    const found = hubLanes(settingsOf([{ warehouseId: 'a', feeds: ['b', 'z'] }]), lanes);
    expect(found.feeds).toEqual([lanes[0]]);
    expect(found.others).toEqual([lanes[2], lanes[3]]);
    expect(found.problems).toMatchObject([{ code: 'no-lane', subject: 'a z' }]);
  });

  it('of a site that two hubs feed are no network, and another network stays', () => {
    const lanes = [lane('a', 'c'), lane('b', 'c'), lane('a', 'b'), lane('x', 'y')];
    const found = hubLanes(
      settingsOf([{ warehouseId: 'a' }, { warehouseId: 'b' }, { warehouseId: 'x' }]),
      lanes,
    );
    expect(found.feeds).toEqual([lanes[3]]);
    expect(found.others).toEqual(lanes.slice(0, 3));
    expect(found.problems).toMatchObject([{ code: 'network-not-a-tree', subject: 'hubs of a' }]);
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

it('no need is ordered twice, whatever happens and wherever runs are killed', async () => {
  let [moves, buys] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 4, maxLength: 14 }),
      fc.record(Object.fromEntries(WAREHOUSES.map((site) => [site, fc.integer({ min: 0, max: 120 })]))),
      async (happenings, stock) => {
        let seed = 0;
        const isKilled = () => {
          if (seed === 0) return false;
          seed = (seed * 48_271) % 2_147_483_647;
          return seed % 12 === 0;
        };
        const shop = shopOf({
          ...{ sells: { MUG: { [HUB]: 1, [BERLIN]: 4, [PARIS]: 2 } }, stock: { MUG: stock }, isKilled },
        });
        for (const each of happenings) {
          const open = shop.orders().filter(({ state }) => state.status !== 'closed');
          const order = 'index' in each ? open[each.index % Math.max(1, open.length)] : undefined;
          if (each.what === 'sell') shop.sell(SKU, each.site, each.units);
          if (each.what === 'ship' && order?.state.kind === 'transfer') shop.ship(order);
          if (each.what === 'receive' && order !== undefined) shop.receive(order);
          if (each.what !== 'run') continue;
          const before = new Set(shop.orders().map(({ state }) => state.replenishmentOrderId));
          const hubHas = shop.stockOf(SKU, HUB) - shop.leaving(SKU, HUB);
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
                .reduce((all, line) => all + line.ordered, 0);
            const planned = (plan.transfers ?? []).reduce((all, { units }) => all + units, 0);
            expect([unitsOf('purchase'), unitsOf('transfer')]).toEqual([plan.units ?? 0, planned]);
            // A site that a hub feeds buys nothing.
            if (plan.warehouseId !== HUB) expect(plan.units ?? 0).toBe(0);
            moves += planned;
            buys += plan.units ?? 0;
          }
          // The hub gives what it has.
          expect(placed.filter(({ state }) => state.fromWarehouseId === HUB).length > 0 && hubHas <= 0).toBe(
            false,
          );
          expect(shop.stockOf(SKU, HUB) - shop.leaving(SKU, HUB)).toBeGreaterThanOrEqual(Math.min(0, hubHas));
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
  expect(buys).toBeGreaterThan(100);
}, 120_000);
