import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrderStore } from '../../../shared/aws/replenishment/order-store.ts';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { replenishmentOf } from '../../../shared/catalogue/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { explainSku } from '../../../shared/replenishment/explain/explain-sku.ts';
import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { orderRecords, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import {
  BERLIN,
  changed,
  figures,
  maker,
  network,
  SHENZHEN,
  SKU,
  shirt,
} from '../../unit/replenishment/run/channels/channel-shop.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { killedRun } from './killed-run.ts';
import { runOnEngine } from './run-on-engine.ts';

const DAY = '2026-11-29';
/** The relief up to EUR 150 ends with the year, and the flat duty begins then. */
const rules = changed({
  'eu-duty-relief-150': { validTo: '2026-12-31' },
  'eu-flat-duty': { validFrom: '2027-01-01' },
});

let engine: TableOnEngine;
let lake: MadeUpLake;
beforeAll(async () => {
  lake = await madeUpLake();
  // Five a day from Shenzhen to Germany, for 60 days.
  const records = Array.from({ length: 60 }, (_, ago) => {
    const facts = [pricedOrder({ goods: 2_000, sku: SKU, quantity: 5 })];
    return orderRecords(ago + 1, { at: `${dayAfter(DAY, -1 - ago)}T10:00:00.000Z`, facts });
  });
  await lake.load(records.flat());
});
afterAll(() => lake.close());
beforeEach(async () => {
  engine = await startTable();
  await createSupplierStore(engine.table).put(maker());
});
afterEach(() => engine.stop());

describe('a rule of next month that ends an exemption', () => {
  const settings = replenishmentOf({
    replenishment: { holdingPercentPerYear: 10, channels: figures } as never,
  });
  const announced = async (event: string) =>
    (await engine.items()).filter(
      (item) => item.event === event && JSON.stringify(item).includes('channel-switch'),
    );

  const shop = (received: ReadonlyMap<string, number>, isKilled?: () => boolean) =>
    runOnEngine(engine.table, lake, {
      received,
      ...(isKilled === undefined ? {} : { isKilled }),
      over: {
        settings: async () => settings,
        sites: async () => [SHENZHEN, BERLIN],
        warehouses: async () => network,
        moves: {
          products: async () => [shirt()],
          pricing: async (date) => ({
            ...{ date, rules, seller: { ioss: 'IM2760000001' } },
            convert: (amount, to) => (amount.currency === to ? amount : undefined),
          }),
          solver: () => Promise.reject(new Error('nothing is moved')),
        },
      },
    });

  it('is reported once with its day, listed, and ended when the stock has been moved', async () => {
    const received = new Map([[`${SKU}@${SHENZHEN}`, 2_000]]);
    const run = shop(received);
    const switches = async () =>
      (await run.deps.risks.open()).filter(({ kind }) => kind === 'channel-switch');
    await askForRun(run.deps, 'operator');
    await run.settle();
    // The goods take 21 days to Berlin: 2027-01-01 less 21 days.
    expect(await switches()).toMatchObject([
      {
        ...{ sku: SKU, market: 'DE', warehouseId: BERLIN, supplierId: 'acme' },
        ...{ from: '2026-12-11', betterFrom: '2027-01-01' },
        detail: expect.stringMatching(
          /^stock in de-berlin from CN, .*parcels by courier from cn-shenzhen.*eu-flat-duty/,
        ),
      },
    ]);
    const explained = await explainSku(run.deps, SKU, 'DE');
    expect(explained).toMatchObject({
      ok: true,
      value: { channels: [{ market: 'DE', outcome: 'switch', today: { warehouseId: SHENZHEN } }] },
    });
    expect(await explainSku(run.deps, SKU, 'FR')).toMatchObject({ value: { channels: [] } });

    const nextDay = async (day: string) => {
      run.setNow(`${day}T06:00:00.000Z`);
      await askForRun(run.deps, 'operator');
      await run.settle();
      expect(await run.deps.runs.load(day)).toMatchObject({ state: 'done' });
    };
    await nextDay('2026-11-30');
    expect(await switches()).toHaveLength(1);
    expect(await announced('supply-risk.raised')).toHaveLength(1);

    // Units come to Berlin that last for four weeks of what Germany buys.
    received.set(`${SKU}@${BERLIN}`, 300);
    await nextDay('2026-12-01');
    expect(await switches()).toEqual([]);
    expect(
      [await announced('supply-risk.raised'), await announced('supply-risk.ended')].map(
        ({ length }) => length,
      ),
    ).toEqual([1, 1]);
  });

  it('is reported and ordered for once, wherever the steps of the run are killed', async () => {
    // 40 units last for 8 days, and a delivery takes 21: the run orders, and it compares.
    const few = new Map([[`${SKU}@${SHENZHEN}`, 40]]);
    const found = async (run: ReturnType<typeof shop>) => ({
      risks: (await run.deps.risks.open())
        .map(({ kind, sku, market, warehouseId, from, betterFrom }) => [
          ...[kind, sku, market, warehouseId, from, betterFrom],
        ])
        .toSorted(),
      orders: (await createOrderStore(engine.table, { clock: () => new Date() }).open()).flatMap(
        ({ state }) => state.lines.map(({ sku, ordered }) => [state.kind, state.warehouseId, sku, ordered]),
      ),
      raised: (await announced('supply-risk.raised')).length,
    });
    const whole = shop(few);
    await askForRun(whole.deps, 'operator');
    await whole.settle();
    const once = await found(whole);
    expect(once.risks.map(([kind]) => kind)).toContain('channel-switch');
    expect(once.orders).toHaveLength(1);
    expect(once.raised).toBe(1);

    await engine.stop();
    engine = await startTable();
    await createSupplierStore(engine.table).put(maker());
    const { kills, state, run } = await killedRun(DAY, (isKilled) => shop(few, isKilled));
    expect(state).toBe('done');
    expect(kills).toBeGreaterThan(10);
    expect(await found(run)).toEqual(once);
  });
});
