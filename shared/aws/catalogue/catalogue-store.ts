import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CatalogueStore, ProductPage, SkuList } from '../../catalogue/index.ts';
import { type Product, productSchema } from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { createKnownReads } from '../known-reads.ts';
import { putVersion } from '../put-version.ts';
import { readItem, readItems } from '../read-together.ts';
import { keys, LISTS_INDEX, PRODUCT_LIST } from '../table.ts';
import { transact } from '../transaction.ts';
import { createNetworkStore } from './network-store.ts';
import { createSellerStore } from './seller-store.ts';

/** Products are read one by one, warehouses as a whole: a basket is planned over the entire network. */
export function createCatalogueStore(table: Table, clock: () => Date): CatalogueStore {
  const network = createNetworkStore(table, clock);
  return {
    ...createSellerStore(table, clock),
    productsBySku: (skus) => readProducts(table, skus),
    productPage: (given) => readPage(table, given),
    network: network.read,
    async product(sku) {
      const item = await readItem(table, keys.product(sku), { consistent: true });
      return item === undefined ? undefined : readProduct(item);
    },
    putProduct: (product, only) =>
      putVersion(table, { item: productItem(product), attribute: 'product', read: readText }, only),
    putProducts: (products) => writeProducts(table, products),
    skusByHsPrefix: (prefixes, max) => readSkus(table, prefixes, max),
    warehouse: network.warehouse,
    warehousePage: network.warehousePage,
    putWarehouse: network.putWarehouse,
    markCarrier: network.markCarrier,
    marksOf: network.marksOf,
  };
}

const productItem = (product: Product) => ({
  ...keys.product(product.sku),
  listKey: PRODUCT_LIST,
  listSort: `${product.hsCode}#${product.sku}`,
  product: JSON.stringify(product),
});

/**
 * Sorted products whose HS code begins with one of these prefixes, at most `max` of them. For a longer prefix, which
 * only a tariff has, the products of its subheading. Without prefixes all products.
 */
async function readSkus(table: Table, prefixes: readonly string[], max: number): Promise<SkuList> {
  const skus = new Set<string>();
  const wanted = prefixes.length === 0 ? [''] : [...new Set(prefixes.map((prefix) => prefix.slice(0, 6)))];
  for (const prefix of wanted.filter(
    (one) => !wanted.some((other) => other !== one && one.startsWith(other)),
  )) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: LISTS_INDEX,
          KeyConditionExpression:
            prefix === '' ? 'listKey = :list' : 'listKey = :list AND begins_with(listSort, :prefix)',
          ExpressionAttributeValues: {
            ':list': PRODUCT_LIST,
            ...(prefix === '' ? {} : { ':prefix': prefix }),
          },
          Limit: max + 1,
          ...defined({ ExclusiveStartKey: start }),
        }),
      );
      for (const { listSort } of page.Items ?? []) skus.add(String(listSort).slice('123456#'.length));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && skus.size <= max);
    if (skus.size > max) break;
  }
  return { skus: [...skus].slice(0, max).toSorted(), areAll: skus.size <= max };
}

async function readPage(
  table: Table,
  { limit, cursor, hsCode = '' }: Parameters<CatalogueStore['productPage']>[0],
): Promise<ProductPage> {
  // The least text after the last place; every place begins with a digit.
  const from = cursor === undefined ? hsCode || '0' : `${cursor}\u0000`;
  const to = `${hsCode}\uffff`;
  // The table refuses bounds in the wrong order.
  if (from > to) return { products: [] };
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: LISTS_INDEX,
      KeyConditionExpression: 'listKey = :list AND listSort BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':list': PRODUCT_LIST, ':from': from, ':to': to },
      Limit: limit,
    }),
  );
  const places = Items.map(({ listSort }) => String(listSort));
  const skus = places.map((place) => place.slice('123456#'.length));
  const found = new Map((await readProducts(table, skus)).map((product) => [product.sku, product]));
  return {
    products: skus.flatMap((sku) => found.get(sku) ?? []),
    ...defined({ cursor: LastEvaluatedKey === undefined ? undefined : places.at(-1) }),
  };
}

const MAX_ATTEMPTS = 10;

/** In one transaction. It is repeated if another transaction writes the same products. */
async function writeProducts(table: Table, products: readonly Product[]): Promise<void> {
  const items = products.map((product) => ({ Put: { TableName: table.name, Item: productItem(product) } }));
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return;
    await backOff(attempt);
  }
  throw new TooManyWriters('the list of products');
}

async function readProducts(table: Table, skus: readonly string[]): Promise<Product[]> {
  const wanted = [...new Set(skus)].map((sku) => keys.product(sku));
  const items = await readItems(table, wanted, { consistent: false });
  return items.flatMap((item) =>
    item === undefined ? [] : [knownProducts.get(item.product, () => readProduct(item))],
  );
}

const knownProducts = createKnownReads<Product>();
const readText = (text: string) => productSchema.parse(JSON.parse(text));
const readProduct = (item: Record<string, unknown>) => readText(String(item.product));
