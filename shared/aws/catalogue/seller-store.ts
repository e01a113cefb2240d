import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type CatalogueStore, type Seller, sellerSchema } from '../../catalogue/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { keys } from '../table.ts';

/** The merchant's registrations and settings. What is read is kept for some seconds, until it is written here. */
export function createSellerStore(
  table: Table,
  clock: () => Date,
): Pick<CatalogueStore, 'seller' | 'putSeller'> {
  const seller = fresh(clock, () => readSeller(table));
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
  };
}

async function readSeller(table: Table): Promise<Seller | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keys.seller }));
  return Item === undefined ? undefined : sellerSchema.parse(JSON.parse(String(Item.seller)));
}
