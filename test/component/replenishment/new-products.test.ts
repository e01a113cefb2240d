import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { recordOf } from '../../../shared/lake/index.ts';
import { explainSku } from '../../../shared/replenishment/explain/explain-sku.ts';
import { supplierSchema } from '../../../shared/replenishment/purchasing/supplier.ts';
import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { orderRecords, pricedOrder } from '../../builders/made-up-orders.ts';
import { stockReceived } from '../../builders/made-up-records.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { runOnEngine } from './run-on-engine.ts';

const DAY = '2026-11-29';
const WAREHOUSE = 'cn-shenzhen';

let engine: TableOnEngine;
let lake: MadeUpLake;
beforeEach(async () => {
  engine = await startTable();
  lake = await madeUpLake();
});
afterEach(async () => {
  await lake.close();
  engine.stop();
});

/** The warehouse sold something nine weeks before. */
const first = orderRecords(900, {
  at: '2026-09-27T10:00:00.000Z',
  facts: [pricedOrder({ goods: 1_000, sku: 'TABLECLOTH', quantity: 1 })],
});

/** Five towels of the heading 6302, sold 1, 2, 3, 4 and 5 times a day for five weeks. */
const launches = [1, 2, 3, 4, 5].flatMap((perDay, at) =>
  Array.from({ length: 35 }, (_, ago) =>
    orderRecords(at * 35 + ago + 1, {
      at: `${dayAfter(DAY, -1 - ago)}T10:00:00.000Z`,
      facts: [pricedOrder({ goods: 1_000, sku: `TOWEL-${perDay}`, quantity: perDay })],
    }),
  ).flat(),
);

const stored = (sku: string, hsCode: string, day: string) =>
  recordOf(
    'product.stored',
    { id: `${sku} ${day}`, occurredAt: `${day}T10:00:00.000Z`, recordedAt: `${day}T10:00:01.000Z` },
    {
      ...{ sku, hsCode, description: sku, originCountry: 'CN', unitWeightGrams: 300 },
      basePrice: { amount: 900, currency: 'EUR' },
    },
  );

const NEW = ['APRON', 'LAMP', 'NAPKIN'];

async function runWith(records: Parameters<MadeUpLake['load']>[0], offered = [...NEW, 'OLD']) {
  await lake.load(records);
  await createSupplierStore(engine.table).put(
    supplierSchema.parse({
      ...{ supplierId: 'weaver', name: 'Weaver', originCountries: ['PL'] },
      offers: offered.map((sku) => ({
        ...{ sku, casePack: 1, minimumUnits: 1, leadTimeDays: 7 },
        prices: [{ fromUnits: 1, unitPrice: { amount: 400, currency: 'EUR' } }],
      })),
    }),
  );
  const { deps, settle } = runOnEngine(engine.table, lake);
  await askForRun(deps, 'operator');
  await settle();
  return async (sku: string) => {
    const explained = await explainSku(deps, sku);
    if (!explained.ok) throw new Error(explained.error);
    return explained.value.sites[0] ?? expect.fail(`no plan of ${sku}`);
  };
}

it('a new product is forecast by its heading, or by all goods of its warehouse where its heading has none', async () => {
  const planOf = await runWith([
    ...first,
    ...launches,
    stored('NAPKIN', '630251', '2026-11-20'),
    stored('LAMP', '940520', '2026-11-20'),
    // Seven days in stock without a sale: 2026-11-22 to 2026-11-28.
    stored('APRON', '630290', '2026-11-20'),
    stockReceived(1, { at: '2026-11-22T00:00:00.000Z', sku: 'APRON', warehouseId: WAREHOUSE, units: 100 }),
    // Stored 91 days before and again since then: it is no new product.
    stored('OLD', '630251', '2026-08-29'),
    stored('OLD', '630251', '2026-11-20'),
  ]);
  // (1 + 2 + 3 + 4 + 5) / 5 = 3 a day.
  const like = { group: '6302', launches: 5, ownDays: 0 };
  expect((await planOf('NAPKIN')).forecast).toMatchObject({
    method: 'group-profile',
    version: '4',
    perDay: 3,
    like,
  });
  expect(await planOf('NAPKIN')).toMatchObject({ warehouseId: WAREHOUSE, outcome: 'proposed' });
  // It runs out at once, and eight days pass until the next order is there: 24 units, and the safety stock.
  expect((await planOf('NAPKIN')).units).toBeGreaterThan(24);
  expect((await planOf('LAMP')).forecast).toMatchObject({ perDay: 3, like: { ...like, group: '*' } });
  // Seven of 28 days count for its own sales, of which there are none: 3 x 21 / 28 = 2.25.
  expect((await planOf('APRON')).forecast).toMatchObject({
    ...{ method: 'group-profile-and-own-sales', perDay: 2.25, like: { ...like, ownDays: 7 } },
  });
  expect(await planOf('OLD')).toMatchObject({ outcome: 'not-planned', why: 'no-history' });
});

it('a new product without like goods is named, and nothing is ordered of it', async () => {
  const planOf = await runWith([
    ...first,
    ...launches.slice(0, 35),
    stored('NAPKIN', '630251', '2026-11-20'),
  ]);
  expect(await planOf('NAPKIN')).toMatchObject({
    ...{ outcome: 'not-planned', why: 'no-history', detail: expect.stringContaining('it is new') },
  });
});
