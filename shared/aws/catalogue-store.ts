import { BatchGetCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CatalogueStore,
  type Product,
  productSchema,
  type Seller,
  sellerSchema,
  type Warehouse,
  warehouseSchema,
} from '../quote/index.ts';
import type { Table } from './clients.ts';
import { fresh } from './fresh.ts';
import { readAll } from './read-all.ts';
import { keys } from './table.ts';
import { backOff, transact } from './transaction.ts';

/** Products one by one, warehouses as a whole: a basket is planned over the entire network. */
export function createCatalogueStore(table: Table, clock: () => Date): CatalogueStore {
  const seller = fresh(clock, () => readSeller(table));
  const network = fresh(clock, () => readWarehouses(table));
  return {
    seller: () => seller.get(),
    async putSeller(registrations) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.seller, seller: JSON.stringify(registrations) },
        }),
      );
      seller.forget();
    },
    productsBySku: (skus) => readProducts(table, skus),
    warehouses: () => network.get(),
    async putProduct(product) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.product(product.sku), product: JSON.stringify(product) },
        }),
      );
    },
    putProducts: (products) => writeProducts(table, products),
    async putWarehouse(warehouse) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.warehouse(warehouse.warehouseId), warehouse: JSON.stringify(warehouse) },
        }),
      );
      network.forget();
    },
  };
}

const MOST_ATTEMPTS = 10;

/** In one transaction. One that meets another, of the same products, is tried again. */
async function writeProducts(table: Table, products: readonly Product[]): Promise<void> {
  const items = products.map((product) => ({
    Put: {
      TableName: table.name,
      Item: { ...keys.product(product.sku), product: JSON.stringify(product) },
    },
  }));
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return;
    await backOff(attempt);
  }
  throw new Error('the products are written by too many at once');
}

async function readProducts(table: Table, skus: readonly string[]): Promise<Product[]> {
  const products: Product[] = [];
  const distinct = [...new Set(skus)];
  for (let from = 0; from < distinct.length; from += 100) {
    let wanted: Record<string, unknown>[] = distinct
      .slice(from, from + 100)
      .map((sku) => ({ ...keys.product(sku) }));
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted } } }),
      );
      for (const item of Responses?.[table.name] ?? []) {
        products.push(productSchema.parse(JSON.parse(String(item.product))));
      }
      wanted = UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return products;
}

async function readSeller(table: Table): Promise<Seller | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keys.seller }));
  return Item === undefined ? undefined : sellerSchema.parse(JSON.parse(String(Item.seller)));
}

async function readWarehouses(table: Table): Promise<Warehouse[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.network },
  });
  return items.map((item) => warehouseSchema.parse(JSON.parse(String(item.warehouse))));
}
