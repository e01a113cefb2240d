import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CatalogueStore, Network } from '../../catalogue/index.ts';
import {
  type CarrierMark,
  carrierMarkSchema,
  type Warehouse,
  warehouseSchema,
} from '../../catalogue/index.ts';
import { minuteMs } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { versionOf, type WantedVersions } from '../../kernel/version.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readPage } from '../read-page.ts';
import { readItem } from '../read-together.ts';
import { onlyVersions } from '../stored-version.ts';
import { CARRIER_PREFIX, type Key, keys, WAREHOUSE_PREFIX } from '../table.ts';
import { type TransactItem, transact } from '../transaction.ts';

/** After this time the network is read again, even if its stamp is unchanged. */
const REREAD_MS = minuteMs;

const MAX_ATTEMPTS = 12;

/** The most marks of a carrier in an answer; the table has the older ones. */
const MAX_MARKS = 50;

/**
 * The network of warehouses. Every change increments one small item, the stamp, in the same transaction. A reader who
 * has seen the stamp's number has seen the change, and reads the network again only when the number is another one.
 */
export function createNetworkStore(table: Table, clock: () => Date) {
  let kept: { readonly version: number; readonly readAt: number; readonly network: Network } | undefined;
  return {
    async read(): Promise<Network> {
      const stamp = await readItem(table, keys.networkStamp, { consistent: false });
      const version = Number(stamp?.version ?? 0);
      const now = clock().getTime();
      if (kept === undefined || kept.version !== version || now - kept.readAt >= REREAD_MS)
        kept = { version, readAt: now, network: await readNetwork(table) };
      return kept.network;
    },
    async markCarrier(mark: CarrierMark): Promise<void> {
      const { carrier, markedAt } = mark;
      const put = (key: Key): TransactItem => ({
        Put: { TableName: table.name, Item: { ...key, mark: JSON.stringify(mark) } },
      });
      const kept = keys.carrierMark(carrier, markedAt, randomUUID());
      await change([put(keys.carrier(carrier)), put(kept)], { expression: 'ADD version :one', values: {} });
    },
    async marksOf(carrier: string): Promise<CarrierMark[]> {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keys.carrierMarkPartition(carrier) },
          ScanIndexForward: false,
          Limit: MAX_MARKS,
        }),
      );
      return Items.map(readMark);
    },
    async warehouse(warehouseId: string): Promise<Warehouse | undefined> {
      const item = await readItem(table, keys.warehouse(warehouseId), { consistent: true });
      return item === undefined ? undefined : readText(String(item.warehouse));
    },
    async warehousePage({ limit, after }: Parameters<CatalogueStore['warehousePage']>[0]) {
      const asked = { pk: keys.network, prefix: WAREHOUSE_PREFIX, limit, after };
      const { items, last } = await readPage(table, asked);
      return { warehouses: items.map(({ warehouse }) => readText(String(warehouse))), last };
    },
    async putWarehouse(warehouse: Warehouse, only?: WantedVersions): Promise<string | undefined> {
      const { warehouseId, active } = warehouse;
      const text = JSON.stringify(warehouse);
      const key = keys.warehouse(warehouseId);
      const value = { attribute: 'warehouse', read: readText };
      const condition = await onlyVersions(table, key, value, only);
      if (condition === undefined) return undefined;
      const put: TransactItem = {
        Put: { TableName: table.name, Item: { ...key, warehouse: text }, ...condition },
      };
      const isWritten = await change([put], {
        expression: active
          ? 'ADD version :one DELETE closed :warehouses'
          : 'ADD version :one, closed :warehouses',
        values: { ':warehouses': new Set([warehouseId]) },
      });
      return isWritten ? versionOf(readText(text)) : undefined;
    },
  };

  /** Whether it was written: no change but a warehouse of which only some versions may be replaced has a condition. */
  async function change(
    items: readonly TransactItem[],
    { expression, values }: { readonly expression: string; readonly values: Record<string, unknown> },
  ): Promise<boolean> {
    const stamp: TransactItem = {
      Update: {
        TableName: table.name,
        Key: keys.networkStamp,
        UpdateExpression: expression,
        ExpressionAttributeValues: { ':one': 1, ...values },
      },
    };
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const { outcome } = await transact(table, [...items, stamp]);
      if (outcome !== 'contended') return outcome === 'written';
      await backOff(attempt);
    }
    throw new TooManyWriters('the network');
  }
}

/** A consistent read: the network kept under a stamp's number is never older than that number. */
async function readNetwork(table: Table): Promise<Network> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.network },
    ConsistentRead: true,
  });
  const those = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    warehouses: those(WAREHOUSE_PREFIX).map(({ warehouse }) => readText(String(warehouse))),
    carriers: those(CARRIER_PREFIX).map(readMark),
  };
}

const readText = (text: string): Warehouse => warehouseSchema.parse(JSON.parse(text));

const readMark = ({ mark }: Record<string, unknown>): CarrierMark =>
  carrierMarkSchema.parse(JSON.parse(String(mark)));

/**
 * The warehouses that were taken out of the network, read at this moment: one small item, whatever the network's size.
 */
export async function closedWarehouses(table: Table): Promise<ReadonlySet<string>> {
  const stamp = await readItem(table, keys.networkStamp, { consistent: true });
  return stamp?.closed instanceof Set ? stamp.closed : new Set();
}
