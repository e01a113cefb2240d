import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type CatalogueStore, type Seller, sellerSchema } from '../../catalogue/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { putVersion } from '../put-version.ts';
import { keys } from '../table.ts';

/** The merchant's registrations and settings. What is read is kept for some seconds, until it is written here. */
export function createSellerStore(
  table: Table,
  clock: () => Date,
): Pick<CatalogueStore, 'seller' | 'sellerNow' | 'putSeller'> {
  const seller = fresh(clock, () => readSeller(table, { consistent: false }));
  return {
    seller: () => seller.get(),
    sellerNow: () => readSeller(table, { consistent: true }),
    async putSeller(registrations, only) {
      const item = { ...keys.seller, seller: JSON.stringify(registrations) };
      const version = await putVersion(table, { item, attribute: 'seller', read }, only);
      seller.forget();
      return version;
    },
  };
}

const read = (text: string): Seller => sellerSchema.parse(JSON.parse(text));

async function readSeller(
  table: Table,
  { consistent }: { readonly consistent: boolean },
): Promise<Seller | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keys.seller, ConsistentRead: consistent }),
  );
  return Item === undefined ? undefined : read(String(Item.seller));
}
