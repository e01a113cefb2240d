import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { replenishmentOf } from '../../../shared/catalogue/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { needKeyOf } from '../../../shared/replenishment/purchasing/need-key.ts';
import { placeProposals } from '../../../shared/replenishment/purchasing/place-proposals.ts';
import { type PlacingDeps, placeRun } from '../../../shared/replenishment/run/place-run.ts';
import { type BatchDeps, planBatch } from '../../../shared/replenishment/run/plan-batch.ts';
import { historyKey } from '../../../shared/replenishment/run/read-history.ts';
import { noCounts } from '../../../shared/replenishment/run/replenishment-run.ts';
import { memory } from './orders-in-memory.ts';
import { eur, supplier } from './replenishment-builders.ts';
import { runsInMemory } from './runs-in-memory.ts';

const SKUS = ['HAT', 'MUG'];
const warehouseId = 'pl-poznan';
const FIRST_DAY = '2026-12-01';
const enough = () => 900_000;

/** A shop with stock, a supplier and open orders, in which days pass. Two units of each SKU are sold a day. */
function shop() {
  const kept = memory();
  const runs = runsInMemory();
  const files = new Map<string, readonly unknown[]>();
  const available = new Map(SKUS.map((sku) => [sku, 15]));
  let [day, serviceLevel, persons] = [FIRST_DAY, 0.95, 0];
  const offers = SKUS.map((sku) => ({
    ...{ sku, casePack: 6, minimumUnits: 6, leadTimeDays: 7 },
    prices: [{ fromUnits: 1, unitPrice: eur(400) }],
  }));
  const potter = supplier('ningbo', { offers });
  const linesOf = (sku: string) =>
    [...kept.stored.values()].flatMap(({ state }) =>
      state.lines
        .filter((line) => line.sku === sku && line.received < line.ordered)
        .map((line) => ({ ...line, orderId: state.replenishmentOrderId, expectedAt: state.expectedAt })),
    );
  const deps: BatchDeps = {
    ...{ runs, clock: () => new Date(`${day}T06:00:00.000Z`) },
    queue: { send: async () => [] },
    files: {
      write: async (key, lines) => void files.set(key, JSON.parse(JSON.stringify(lines))),
      read: async (key) => files.get(key) ?? [],
    },
    settings: async () => replenishmentOf(undefined),
    sites: async () => [warehouseId],
    suppliers: async () => [potter],
    outcomesOf: async () => [],
    ...{ rates: { current: async () => undefined }, unitsInYear: async () => new Map() },
    signals: { endingFrom: async () => [] },
    atSites: async (places) =>
      places.map(({ sku }) => ({
        stock: { available: available.get(sku) ?? 0, reserved: 0, quarantined: 0, inTransit: 0 },
        ...{ open: linesOf(sku), leaving: 0 },
      })),
    warehouses: async () => [],
    moves: {
      products: async () => expect.fail('nothing is moved'),
      pricing: async () => expect.fail('nothing is moved'),
      solver: async () => expect.fail('nothing is moved'),
    },
  };
  const risks: PlacingDeps['risks'] = {
    ...{ open: async () => [], raise: async () => undefined, end: async () => undefined },
    congestedPorts: async () => [],
  };
  const orders = {
    ...{ ...kept.deps.orders, open: async () => [...kept.stored.values()] },
    page: async () => ({ items: [], cursor: undefined }),
  };
  const placing: PlacingDeps = {
    ...deps,
    limits: {
      ...deps,
      orders,
      products: deps.moves.products,
      pricing: deps.moves.pricing,
      warehouses: async () => [],
    },
    orders,
    risks,
    suppliers: { ...kept.deps.suppliers, find: async () => potter },
  };
  const plan = async () => {
    const [own, folder] = [day, `replenishment/${day}`];
    day = dayAfter(day, 1);
    const units = Array.from({ length: 56 }, () => 2);
    files.set(
      historyKey(folder, 0),
      SKUS.map((sku) => ({
        ...{ sku, warehouseId, skuClass: 'AX', serviceLevel, units, without: [], bulkUnits: 0 },
        firstDay: dayAfter(own, -56),
      })),
    );
    await runs.ask({
      ...{ day: own, timeZone: 'UTC', by: 'clock', state: 'planning', folder, batches: 1 },
      ...{ startedAt: `${own}T06:00:00.000Z`, counts: { ...noCounts } },
    });
    await planBatch(deps, { step: 'batch', day: own, folder, batch: 0 }, 'only');
    return own;
  };
  return {
    plan,
    place: (own: string) => placeRun(placing, own, { remainingMs: enough, attempt: 'only' }),
    orderedOf: (sku: string) =>
      [...kept.stored.values()]
        .flatMap(({ state }) => state.lines)
        .reduce((all, line) => all + (line.sku === sku ? line.ordered : 0), 0),
    /** The most that one plan of these days wants of the SKU. */
    async wantedOf(sku: string, days: readonly string[]) {
      const wanted = days.map(async (own) => {
        const [batch] = await runs.batches(`replenishment/${own}`);
        const plans = (files.get(batch?.plansKey ?? '') ?? []) as { sku: string; units?: number }[];
        return plans.find((each) => each.sku === sku)?.units ?? 0;
      });
      return Math.max(0, ...(await Promise.all(wanted)));
    },
    sell: (sku: string, units: number) => available.set(sku, (available.get(sku) ?? 0) - units),
    level: (to: number) => {
      serviceLevel = to;
    },
    /** The oldest open order is received: in part, or to its end. */
    receive(isWhole: boolean) {
      const order = [...kept.stored.values()].find(({ state }) =>
        state.lines.some(({ ordered, received }) => received < ordered),
      );
      if (order === undefined) return;
      const { replenishmentOrderId: id } = order.state;
      const lines = order.state.lines.map((line) => {
        const came = isWhole ? line.ordered - line.received : Math.floor((line.ordered - line.received) / 2);
        available.set(line.sku, (available.get(line.sku) ?? 0) + came);
        return { ...line, received: line.received + came, open: line.open - came };
      });
      kept.stored.set(id, { ...order, state: { ...order.state, lines } });
      if (lines.every(({ ordered, received }) => received === ordered)) kept.end(id);
    },
    /** Two rules that know of no open order ask for a case by hand. Gives whether they got one, and not two. */
    async askByHand(sku: string) {
      persons += 1;
      const needKey = needKeyOf({ sku, warehouseId, countedOrderIds: [] });
      const proposal = {
        kind: 'purchase',
        supplierId: 'ningbo',
        sku,
        warehouseId,
        units: 6,
        reasons: [],
        needKey,
      } as const;
      const outcomes = await placeProposals(
        placing,
        { runId: `person-${persons}`, by: 'operator', now: `${day}T07:00:00.000Z` },
        [proposal, { ...proposal }],
      );
      return outcomes.filter(({ outcome }) => outcome === 'placed').length === 1;
    },
    isOpen: (sku: string) => linesOf(sku).length > 0,
  };
}

const happening = fc.oneof(
  fc.record({
    what: fc.constant('sell' as const),
    sku: fc.constantFrom(...SKUS),
    units: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ what: fc.constant('receive' as const), isWhole: fc.boolean() }),
  fc.record({ what: fc.constant('level' as const), to: fc.constantFrom(0.8, 0.95, 0.99) }),
  fc.record({ what: fc.constant('hand' as const), sku: fc.constantFrom(...SKUS) }),
  fc.record({
    what: fc.constant('runs' as const),
    atOnce: fc.integer({ min: 1, max: 3 }),
    again: fc.boolean(),
  }),
);

it('no need is ordered twice: by runs, by runs at once, by repeats and by hand, whatever is sold and received', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 14 }), async (happenings) => {
      const { plan, place, orderedOf, wantedOf, ...rest } = shop();
      for (const each of happenings) {
        if (each.what === 'sell') rest.sell(each.sku, each.units);
        if (each.what === 'receive') rest.receive(each.isWhole);
        if (each.what === 'level') rest.level(each.to);
        if (each.what === 'hand') {
          const wasOpen = rest.isOpen(each.sku);
          expect(await rest.askByHand(each.sku)).toBe(!wasOpen);
        }
        if (each.what !== 'runs') continue;
        const before = SKUS.map(orderedOf);
        // Several runs cross the threshold with the same stock, and then all of them place.
        const days: string[] = [];
        for (let run = 0; run < each.atOnce; run += 1) days.push(await plan());
        for (const day of days) await place(day);
        if (each.again) for (const day of days) await place(day);
        for (const [index, sku] of SKUS.entries())
          expect(orderedOf(sku) - (before[index] ?? 0)).toBe(await wantedOf(sku, days));
        // The next day, with nothing sold and nothing received, nothing is asked for again.
        const after = SKUS.map(orderedOf);
        await place(await plan());
        expect(SKUS.map(orderedOf)).toEqual(after);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
