import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { ratesPage } from '../../../shared/aws/rates/rates-page.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { createStockStore } from '../../../shared/aws/stock/stock-store.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { versionOf } from '../../../shared/kernel/version.ts';
import { exchangeRatesSchema } from '../../../shared/rates/index.ts';
import { product } from '../runtime/full-requests.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable({ throughProxy: true });
});
afterAll(() => on.stop());

const clock = () => new Date('2026-12-01T10:00:00Z');
/** What AWS bills for what `act` does: units of the table. */
async function unitsOf(act: () => Promise<unknown>) {
  const before = on.counts();
  await act();
  return countsSince(before, on.counts());
}

test('what reading and storing a product costs', async () => {
  const catalogue = createCatalogueStore(on.table, clock);
  const stored = productSchema.parse({ ...product, sku: 'ONE' });
  // A product of 2 KB, and its place in the list: three units and one.
  expect(await unitsOf(() => catalogue.putProduct(stored))).toEqual({ 'dynamodb.writeUnits': 4 });
  // With a version, the stored product is read before, which is one unit.
  expect(await unitsOf(() => catalogue.putProduct(stored, [versionOf(stored)]))).toEqual({
    'dynamodb.readUnits': 1,
    'dynamodb.writeUnits': 3,
  });
  expect(await unitsOf(() => catalogue.product('ONE'))).toEqual({ 'dynamodb.readUnits': 1 });
});

test('what a page of a hundred products costs', async () => {
  const catalogue = createCatalogueStore(on.table, clock);
  const many = Array.from({ length: 100 }, (_, at) => productSchema.parse({ ...product, sku: `MANY-${at}` }));
  await catalogue.putProducts(many);
  // Half a unit for each product, and one for their places.
  expect(await unitsOf(() => catalogue.productPage({ limit: 100 }))).toEqual({ 'dynamodb.readUnits': 51 });
});

test('what the stock of a page of fifty products costs', async () => {
  const catalogue = createCatalogueStore(on.table, clock);
  const stock = createStockStore(on.table, { clock });
  const receive = { kind: 'receive', sku: 'MANY-1', warehouseId: 'pl-poznan', quantity: 5 } as const;
  await stock.move(receive, 'first', '2026-12-01T10:00:00.000Z');
  expect(await unitsOf(() => catalogue.productPage({ limit: 50 }))).toEqual({ 'dynamodb.readUnits': 25.5 });
  // For each of the fifty; 50.5 together.
  expect(await unitsOf(() => stock.positions('MANY-1'))).toEqual({ 'dynamodb.readUnits': 0.5 });
});

test('what reading the network and the seller costs', async () => {
  const catalogue = createCatalogueStore(on.table, clock);
  for (const each of sampleWarehouses) await catalogue.putWarehouse(warehouseSchema.parse(each));
  await catalogue.putSeller(sampleSeller);
  expect(await unitsOf(() => catalogue.warehousePage({ limit: 50 }))).toEqual({ 'dynamodb.readUnits': 1.5 });
  expect(await unitsOf(() => catalogue.warehouse('pl-poznan'))).toEqual({ 'dynamodb.readUnits': 2 });
  expect(await unitsOf(() => catalogue.sellerNow())).toEqual({ 'dynamodb.readUnits': 1 });
});

test('what a page of exchange rates costs', async () => {
  const rates = createRatesStore(on.table, clock);
  for (let day = 1; day <= 12; day += 1)
    await rates.put(
      exchangeRatesSchema.parse({ ...sampleRates, date: `2025-02-${String(day).padStart(2, '0')}` }),
    );
  // Eleven tables of some 700 bytes: the eleventh shows that there is another page.
  expect(await unitsOf(() => ratesPage(on.table, 'daily', { limit: 10 }))).toEqual({
    'dynamodb.readUnits': 1,
  });
});
