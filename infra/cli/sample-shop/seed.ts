import type { ApiClient } from '../client/api-client.ts';
import { sampleCatalogue } from './catalogue.ts';
import { sampleWarehouses } from './network.ts';
import { productBody } from './sample-product.ts';
import { sampleRates, sampleSeller } from './sample-seller.ts';
import { sampleSuppliers } from './sample-suppliers.ts';
import { memoryRecord, type ShopRecord, type ShopRecordStore } from './shop-record.ts';

export interface Seeded {
  readonly storefrontId: string;
  /** The publishable key of the sample storefront. */
  readonly storefrontKey: string;
  readonly products: number;
  /** Whether this call stored anything. */
  readonly isNew: boolean;
}

export interface SeedOptions {
  /** The store for the record of the stored parts. Without it, the record is forgotten after this call. */
  readonly records?: ShopRecordStore;
  /** Whether the backend knows this publishable key. Without it, every key counts as known. */
  readonly isKnownKey?: (key: string) => Promise<boolean>;
}

/** A part of the sample shop. `store` gives the data that the record must keep besides the name of the part. */
interface Part {
  readonly name: string;
  readonly store: (operator: ApiClient) => Promise<Partial<ShopRecord>>;
}

const STOREFRONT = 'sample-shop';
const CALLS_AT_ONCE = 8;

const put = (name: string, path: string, body: unknown): Part => ({
  name,
  store: async (operator) => {
    await operator.call({ method: 'PUT', path, body });
    return {};
  },
});

/** The parts in the order in which they are stored: stock needs its warehouses. */
const parts: readonly Part[] = [
  ...sampleWarehouses.map(({ warehouseId, ...body }) =>
    put(`warehouse ${warehouseId}`, `/v1/admin/warehouses/${warehouseId}`, body),
  ),
  put('seller', '/v1/admin/seller', sampleSeller),
  put('exchange rates', '/v1/admin/exchange-rates', sampleRates),
  { name: 'storefront', store: storeStorefront },
  { name: 'products', store: importAbsentProducts },
  ...sampleSuppliers.map(({ supplierId, ...body }) =>
    put(`supplier ${supplierId}`, `/v1/admin/replenishment/suppliers/${supplierId}`, body),
  ),
  { name: 'stock', store: receiveStock },
];

/**
 * Stores the sample shop through the admin API: network, seller, rates, storefront, catalogue, suppliers, stock. The
 * record lists the stored parts, and a data folder gets each part once. So the sample never overwrites changes by an
 * operator. If the backend does not know the key in the record, its table is not the one of the record, and every
 * part is stored again.
 */
export async function seed(
  operator: ApiClient,
  { records = memoryRecord(), isKnownKey = async () => true }: SeedOptions = {},
): Promise<Seeded> {
  let record = await startingRecord(operator, records.read(), isKnownKey);
  const missing = parts.filter(({ name }) => !record.stored.includes(name));
  for (const { name, store } of missing) {
    const more = await store(operator);
    record = { ...record, ...more, stored: [...record.stored, name] };
    records.write(record);
  }
  const { storefrontKey } = record;
  if (storefrontKey === undefined)
    throw new Error('the record of the sample shop does not contain the storefront key');
  return {
    storefrontId: STOREFRONT,
    storefrontKey,
    products: sampleCatalogue.length,
    isNew: missing.length > 0,
  };
}

/** The part of the record that still applies to the backend's table. */
async function startingRecord(
  operator: ApiClient,
  record: ShopRecord | undefined,
  isKnownKey: (key: string) => Promise<boolean>,
): Promise<ShopRecord> {
  const key = record?.storefrontKey;
  const isOfThisTable = key === undefined || (await isKnownKey(key));
  if (record !== undefined && isOfThisTable) return record;
  // A table with every sample product was filled by a version without records. Then only the key is missing.
  const isFilled = (await absentProducts(operator)).length === 0;
  const stored = isFilled ? parts.map(({ name }) => name).filter((name) => name !== 'storefront') : [];
  return { kind: 'sample', stored };
}

async function storeStorefront(operator: ApiClient): Promise<Partial<ShopRecord>> {
  const { publishableKey } = await operator.call<{ publishableKey: string }>({
    method: 'PUT',
    path: `/v1/admin/storefronts/${STOREFRONT}`,
    body: { name: 'Sample shop' },
  });
  return { storefrontKey: publishableKey };
}

interface ImportAnswer {
  readonly changes: readonly { readonly sku: string; readonly change: 'added' | 'changed' }[];
}

/** The sample products whose SKU the catalogue does not have. */
async function absentProducts(operator: ApiClient) {
  const products = sampleCatalogue.map(productBody);
  const { changes } = await importProducts(operator, { dryRun: true, products });
  const added = new Set(changes.filter(({ change }) => change === 'added').map(({ sku }) => sku));
  return products.filter(({ sku }) => added.has(sku));
}

async function importAbsentProducts(operator: ApiClient): Promise<Partial<ShopRecord>> {
  const products = await absentProducts(operator);
  if (products.length > 0) await importProducts(operator, { dryRun: false, products });
  return {};
}

function importProducts(operator: ApiClient, body: object): Promise<ImportAnswer> {
  return operator.call<ImportAnswer>({ method: 'POST', path: '/v1/admin/products/import', body });
}

/** Receives the stock of each product under a key of its own, so that a repeat receives no stock again. */
async function receiveStock(operator: ApiClient): Promise<Partial<ShopRecord>> {
  const receipts = sampleCatalogue.flatMap(({ sku, stock: [shenzhen, poznan] }) => [
    { sku, warehouseId: 'cn-shenzhen', quantity: shenzhen },
    { sku, warehouseId: 'pl-poznan', quantity: poznan },
  ]);
  await forEachAtOnce(receipts, async ({ sku, warehouseId, quantity }) => {
    if (quantity === 0) return;
    await operator.call({
      method: 'POST',
      path: '/v1/admin/stock/movements',
      headers: { 'idempotency-key': `seed-${sku}-${warehouseId}` },
      body: { kind: 'receive', sku, warehouseId, quantity },
    });
  });
  return {};
}

/** Runs `act` for every item, a few at the same time, and throws the first error. */
export async function forEachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
}
