import { BatchGetCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CatalogueStore,
  type Product,
  productSchema,
  type Seller,
  sellerSchema,
} from '../quote/index.ts';
import type { Table } from './clients.ts';
import { fresh } from './fresh.ts';
import { createNetworkStore } from './network-store.ts';
import { keys } from './table.ts';

/** Products one by one, warehouses as a whole: a basket is planned over the entire network. */
export function createCatalogueStore(table: Table, clock: () => Date): CatalogueStore {
  const seller = fresh(clock, () => readSeller(table));
  const network = createNetworkStore(table, clock);
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
    network: network.read,
    async putProduct(product) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.product(product.sku), product: JSON.stringify(product) },
        }),
      );
    },
    putWarehouse: network.putWarehouse,
    markCarrier: network.markCarrier,
    marksOf: network.marksOf,
  };
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
