import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { fingerprint } from '../kernel/hash.ts';
import { dayMs, later } from '../kernel/time.ts';
import {
  changeOf,
  type StockMovement,
  type StockPosition,
  type StockStore,
  stockPositionSchema,
} from '../stock/index.ts';
import type { Table } from './clients.ts';
import { readAll } from './read-all.ts';
import { expiresAt, type Key, keys } from './table.ts';
import { backOff, type TransactItem, transact } from './transaction.ts';

/** Keys of movements stand apart from those of any storefront, whose ids are in small letters. */
const SCOPE = 'STOCK';
/** How long a repeat is known as one, whatever SKU the key comes with. For its own SKU it is known for ever. */
const REPEAT_DAYS = 45;

/** Stock positions, and movements by hand with their record, once per key. */
export function createStockStore(table: Table): StockStore & {
  availability(skus: readonly string[]): Promise<Map<string, Map<string, number>>>;
} {
  const positions = (sku: string) => readPositions(table, sku);
  return {
    positions,
    async availability(skus) {
      const read = await Promise.all(skus.map(async (sku) => [sku, await positions(sku)] as const));
      return new Map(read.map(([sku, at]) => [sku, new Map(at.map((p) => [p.warehouseId, p.available]))]));
    },

    async move(movement, key, now) {
      const print = fingerprint(movement);
      const claim = keys.idempotency(SCOPE, key);
      const items = [
        claimItem(table.name, claim, print, now),
        recordItem(table.name, movement, key, now),
        positionItem(table.name, movement),
      ];
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const result = await transact(table, items);
        if (result.outcome === 'written') return 'moved';
        if (result.outcome === 'condition') {
          if (result.failed.every(({ index }) => index === POSITION)) return 'not-enough';
          const kept = (await readItem(table, claim)) ?? (await readItem(table, recordKey(movement, key)));
          return kept?.fingerprint === print ? 'already-moved' : 'key-reused';
        }
        await backOff(attempt);
      }
      throw new Error('stock of the SKU is written by too many at once');
    },
  };
}

// The place of the position among the items of a movement: its refusal alone means that there is not enough.
const POSITION = 2;

const recordKey = ({ sku }: StockMovement, key: string): Key => keys.movement(sku, key);

/** The key, whatever it is used for. */
function claimItem(tableName: string, claim: Key, print: string, now: string): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...claim, fingerprint: print, expiresAt: expiresAt(later(now, REPEAT_DAYS * dayMs)) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The movement, kept for good: from these records the position can be built again. */
function recordItem(tableName: string, movement: StockMovement, key: string, now: string): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...recordKey(movement, key), movement, recordedAt: now, fingerprint: fingerprint(movement) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The position's change: refused when it would take more than is there. */
function positionItem(tableName: string, movement: StockMovement): TransactItem {
  const change = changeOf(movement);
  const names = Object.keys(change) as (keyof typeof change)[];
  const values = Object.fromEntries(names.map((name) => [`:${name}`, change[name]]));
  const update = {
    TableName: tableName,
    Key: keys.stock(movement.sku, movement.warehouseId),
    UpdateExpression: `ADD ${names.map((name) => `${name} :${name}`).join(', ')}, shipped :none`,
    ExpressionAttributeValues: { ...values, ':none': 0 },
  };
  const taken = (name: 'available' | 'quarantined') => Math.max(-change[name], 0);
  // What takes nothing may be the first that is heard of the SKU there.
  if (taken('available') === 0 && taken('quarantined') === 0) return { Update: update };
  return {
    Update: {
      ...update,
      ConditionExpression: 'available >= :needAvailable AND quarantined >= :needQuarantined',
      ExpressionAttributeValues: {
        ...update.ExpressionAttributeValues,
        ':needAvailable': taken('available'),
        ':needQuarantined': taken('quarantined'),
      },
    },
  };
}

async function readItem(table: Table, key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}

async function readPositions(table: Table, sku: string): Promise<StockPosition[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.stockPartition(sku) },
  });
  return items.map(({ pk: _pk, sk, ...counts }) =>
    stockPositionSchema.parse({ ...counts, warehouseId: String(sk).slice('WAREHOUSE#'.length) }),
  );
}
