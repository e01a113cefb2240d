import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrderStore } from '../../../shared/aws/replenishment/order-store.ts';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { productSchema, replenishmentOf } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { explainSku } from '../../../shared/replenishment/explain/explain-sku.ts';
import { supplierSchema } from '../../../shared/replenishment/purchasing/supplier.ts';
import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { orderRecords, pricedOrder } from '../../builders/made-up-orders.ts';
import { warehouse } from '../../builders/network.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { killedRun } from './killed-run.ts';
import { runOnEngine } from './run-on-engine.ts';

const DAY = '2026-11-29';
/** Shenzhen sells, as all made-up orders do. The hub in Poznan sells nothing, and feeds it. */
const [HUB, SITE] = ['pl-poznan', 'cn-shenzhen'];
const SKUS = ['CUP', 'JUG', 'MUG'];

let engine: TableOnEngine;
let lake: MadeUpLake;
beforeAll(async () => {
  lake = await madeUpLake();
  const records = SKUS.flatMap((sku, at) =>
    Array.from({ length: 40 }, (_, ago) => {
      const facts = [pricedOrder({ goods: 1_000, sku, quantity: at + 1 })];
      return orderRecords(at * 40 + ago + 1, { at: `${dayAfter(DAY, -1 - ago)}T10:00:00.000Z`, facts });
    }).flat(),
  );
  await lake.load(records);
});
afterAll(() => lake.close());
beforeEach(async () => {
  engine = await startTable();
  await createSupplierStore(engine.table).put(
    supplierSchema.parse({
      ...{ supplierId: 'potter', name: 'Potter', originCountries: ['PL'] },
      offers: SKUS.map((sku) => ({
        ...{ sku, casePack: 10, minimumUnits: 10, leadTimeDays: 7 },
        prices: [{ fromUnits: 1, unitPrice: { amount: 400, currency: 'EUR' } }],
      })),
    }),
  );
});
afterEach(() => engine.stop());

const at = (warehouseId: string, country: string, parent?: string) =>
  warehouse({
    ...{ warehouseId, address: { ...warehouse().address, country } },
    ...(parent === undefined ? {} : { parent: { warehouseId: parent, transferHours: 72 } }),
  });
const product = (sku: string) =>
  productSchema.parse({
    ...{ sku, description: 'ceramic mug', hsCode: '691200', originCountry: 'PL', unitWeightGrams: 400 },
    dimensions: { lengthMm: 100, widthMm: 100, heightMm: 100 },
    prices: [{ amount: 1_200, currency: 'EUR' }],
  });

const shop = (isKilled?: () => boolean) =>
  runOnEngine(engine.table, lake, {
    // The hub has 10 of each: not enough for MUG, of which 3 are sold a day.
    received: new Map(SKUS.map((sku) => [`${sku}@${HUB}`, 10])),
    ...(isKilled === undefined ? {} : { isKilled }),
    over: {
      settings: async () => replenishmentOf({ replenishment: { hubs: [{ warehouseId: HUB }] } }),
      sites: async () => [HUB, SITE],
      // One customs territory, so that a move has no duty.
      warehouses: async () => [at(HUB, 'PL'), at(SITE, 'DE', HUB)],
      moves: {
        products: async (skus) => skus.map(product),
        pricing: async (date) => ({
          ...{ date, rules: builtinRuleBook, seller: {} },
          convert: (amount, to) => (amount.currency === to ? amount : undefined),
        }),
        solver: () => Promise.reject(new Error('a tree needs no solver')),
      },
    },
  });

const ordered = async () =>
  (await createOrderStore(engine.table, { clock: () => new Date() }).open())
    .flatMap(({ state: { kind, warehouseId, fromWarehouseId, lines } }) =>
      lines.map((line) => [kind, fromWarehouseId, warehouseId, line.sku, line.ordered] as const),
    )
    .toSorted();

describe('a run with a hub, on the table engine', () => {
  it('moves what the hub has, buys at the hub alone, and explains each stage', async () => {
    const run = shop();
    await askForRun(run.deps, 'operator');
    await run.settle();
    const lines = await ordered();
    const of = (kind: string) => lines.filter((line) => line[0] === kind);
    expect(new Set(of('purchase').map((line) => line[2]))).toEqual(new Set([HUB]));
    expect(of('purchase').map((line) => line[3])).toEqual(SKUS);
    expect(of('transfer').map((line) => line.slice(1, 4))).toEqual(SKUS.map((sku) => [HUB, SITE, sku]));
    // 3 a day for 3 days of the way and a day to the next run: all 10 go, and the hub owes the rest.
    expect(of('transfer').find((line) => line[3] === 'MUG')?.[4]).toBe(10);
    const explained = await explainSku(run.deps, 'MUG');
    if (!explained.ok) expect.fail(explained.error);
    const stage = (id: string) => explained.value.sites.find(({ warehouseId }) => warehouseId === id)?.stage;
    expect(stage(SITE)).toMatchObject({ fedBy: HUB, netDays: (stage(HUB)?.serviceDays ?? 0) + 4 });
    expect(stage(HUB)).toMatchObject({ feeds: [SITE], inboundDays: 7, perDay: 3 });
    expect(stage(HUB)?.owed).toBeGreaterThan(0);
    expect(await run.deps.runs.load(DAY)).toMatchObject({ state: 'done', counts: { skuSites: 6 } });

    // The next day nothing is ordered again.
    run.setNow('2026-11-30T06:00:00.000Z');
    await run.hourly();
    await run.settle();
    expect(await run.deps.runs.load('2026-11-30')).toMatchObject({ state: 'done' });
    expect(await ordered()).toEqual(lines);
  });

  it('orders each need once, wherever its steps are killed', async () => {
    const whole = shop();
    await askForRun(whole.deps, 'operator');
    await whole.settle();
    const once = await ordered();
    await engine.stop();
    engine = await startTable();
    await createSupplierStore(engine.table).put(
      supplierSchema.parse({
        ...{ supplierId: 'potter', name: 'Potter', originCountries: ['PL'] },
        offers: SKUS.map((sku) => ({
          ...{ sku, casePack: 10, minimumUnits: 10, leadTimeDays: 7 },
          prices: [{ fromUnits: 1, unitPrice: { amount: 400, currency: 'EUR' } }],
        })),
      }),
    );
    const { kills, state } = await killedRun(DAY, shop);
    expect(state).toBe('done');
    expect(kills).toBeGreaterThan(10);
    expect(await ordered()).toEqual(once);
  });
});
