import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { fingerprint } from '../kernel/hash.ts';
import { changeOf, type StockPosition, type StockStore, stockPositionSchema } from '../stock/index.ts';
import type { Table } from './clients.ts';
import { keys } from './table.ts';
import { backOff, transact } from './transaction.ts';

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
      const record = keys.movement(movement.sku, key);
      const change = changeOf(movement);
      const names = Object.keys(change) as (keyof typeof change)[];
      const values = Object.fromEntries(names.map((name) => [`:${name}`, change[name]]));
      const taken = (name: 'available' | 'quarantined') => Math.max(-change[name], 0);
      const update = {
        TableName: table.name,
        Key: keys.stock(movement.sku, movement.warehouseId),
        UpdateExpression: `ADD ${names.map((name) => `${name} :${name}`).join(', ')}, shipped :none`,
        ExpressionAttributeValues: { ...values, ':none': 0 },
      };
      const needs = {
        ...update,
        ConditionExpression: 'available >= :needAvailable AND quarantined >= :needQuarantined',
        ExpressionAttributeValues: {
          ...update.ExpressionAttributeValues,
          ':needAvailable': taken('available'),
          ':needQuarantined': taken('quarantined'),
        },
      };
      const takesNothing = taken('available') === 0 && taken('quarantined') === 0;
      const items = [
        {
          Put: {
            TableName: table.name,
            Item: { ...record, movement, recordedAt: now, fingerprint: fingerprint(movement) },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        { Update: takesNothing ? update : needs },
      ];
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const result = await transact(table, items);
        if (result.outcome === 'written') return 'moved';
        if (result.outcome === 'condition') {
          if (!result.failed.some(({ index }) => index === 0)) return 'not-enough';
          const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: record }));
          return Item?.fingerprint === fingerprint(movement) ? 'already-moved' : 'key-reused';
        }
        await backOff(attempt);
      }
      throw new Error('stock of the SKU is written by too many at once');
    },
  };
}

async function readPositions(table: Table, sku: string): Promise<StockPosition[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.stockPartition(sku) },
    }),
  );
  return Items.map(({ pk: _pk, sk, ...counts }) =>
    stockPositionSchema.parse({ ...counts, warehouseId: String(sk).slice('WAREHOUSE#'.length) }),
  );
}
