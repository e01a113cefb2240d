import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SupplierStore } from '../../replenishment/purchasing/ports.ts';
import { deliveryOutcomeSchema } from '../../replenishment/purchasing/scorecard.ts';
import { defaultSettings, purchasingSettingsSchema } from '../../replenishment/purchasing/settings.ts';
import { type Supplier, supplierSchema } from '../../replenishment/purchasing/supplier.ts';
import type { Table } from '../clients.ts';
import { putVersion } from '../put-version.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import type { Key } from '../table.ts';
import { replenishmentKeys, SUPPLIER_PREFIX } from './replenishment-keys.ts';
import { writeTogether } from './write-together.ts';

/** The deliveries that a score is made of at most: the latest ones. */
const MAX_OUTCOMES = 100;
const SUPPLIER_ID = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** Suppliers, what approves itself, and how deliveries went. */
export function createSupplierStore(table: Table): SupplierStore {
  const read = async (key: Key): Promise<Record<string, unknown> | undefined> => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
    );
    return Item;
  };
  return {
    put: (supplier, only) =>
      putVersion(table, { item: itemOf(supplier), attribute: 'supplier', read: readText }, only),
    putAll: (suppliers) =>
      writeTogether(
        table,
        suppliers.map((supplier) => ({ Put: { TableName: table.name, Item: itemOf(supplier) } })),
        'the suppliers',
      ),
    async findAll(supplierIds) {
      const items = await readItems(table, supplierIds.map(replenishmentKeys.supplier), { consistent: true });
      return items.map((item) => (item === undefined ? undefined : readSupplier(item)));
    },
    async find(supplierId) {
      const item = await read(replenishmentKeys.supplier(supplierId));
      return item === undefined ? undefined : readSupplier(item);
    },
    async page(limit, cursor) {
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
      if (after !== undefined && !SUPPLIER_ID.test(after)) return undefined;
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :supplier)',
          ExpressionAttributeValues: { ':pk': replenishmentKeys.suppliers, ':supplier': SUPPLIER_PREFIX },
          ...(after === undefined ? {} : { ExclusiveStartKey: { ...replenishmentKeys.supplier(after) } }),
          // One more shows whether there is another page.
          Limit: limit + 1,
        }),
      );
      const items = Items.slice(0, limit).map(readSupplier);
      const last = items.at(-1);
      // The table reads 1 MB at most, so that a page of large suppliers is shorter.
      const isLast = Items.length <= limit && LastEvaluatedKey === undefined;
      return {
        items,
        cursor: last === undefined || isLast ? undefined : Buffer.from(last.supplierId).toString('base64url'),
      };
    },
    async all() {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :supplier)',
        ExpressionAttributeValues: { ':pk': replenishmentKeys.suppliers, ':supplier': SUPPLIER_PREFIX },
      });
      return items.map(readSupplier);
    },
    async outcomesOf(supplierId) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': replenishmentKeys.outcomePartition(supplierId) },
          ScanIndexForward: false,
          Limit: MAX_OUTCOMES,
        }),
      );
      return Items.map(({ outcome }) => deliveryOutcomeSchema.parse(JSON.parse(String(outcome))));
    },
    async settings() {
      const item = await read(replenishmentKeys.settings);
      return item === undefined
        ? defaultSettings
        : purchasingSettingsSchema.parse(JSON.parse(String(item.settings)));
    },
    async putSettings(settings) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...replenishmentKeys.settings, settings: JSON.stringify(settings) },
        }),
      );
    },
  };
}

const itemOf = (supplier: Supplier) => ({
  ...replenishmentKeys.supplier(supplier.supplierId),
  supplier: JSON.stringify(supplier),
});

const readText = (text: string): Supplier => supplierSchema.parse(JSON.parse(text));
const readSupplier = ({ supplier }: Readonly<Record<string, unknown>>): Supplier =>
  readText(String(supplier));
