import { createHash } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Storefront } from '../../catalogue/index.ts';
import type { Table } from '../clients.ts';
import { keys } from '../table.ts';

const hashOf = (publishableKey: string) => createHash('sha256').update(publishableKey).digest('hex');

/** Storefronts by their publishable key; only the key's hash is stored. */
export function createStorefrontStore(table: Table) {
  return {
    /** The storefront with this key; undefined for an unknown key. */
    async byKey(publishableKey: string): Promise<Storefront | undefined> {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.storefront(hashOf(publishableKey)) }),
      );
      return Item === undefined
        ? undefined
        : {
            storefrontId: String(Item.storefrontId),
            name: String(Item.name),
            takesFreeOrders: Item.takesFreeOrders === true,
          };
    },

    async put(storefront: Storefront, publishableKey: string): Promise<void> {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.storefront(hashOf(publishableKey)), ...storefront },
        }),
      );
    },
  };
}
