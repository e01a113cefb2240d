import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { fingerprint } from '../../kernel/hash.ts';
import type { Clock } from '../../kernel/time.ts';
import {
  changesOf,
  type MovementOutcome,
  type Random,
  type StockMovement,
  type StockStore,
  transferSchema,
} from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { type Key, keys } from '../table.ts';
import { backOff, MAX_ITEMS, transact } from '../transaction.ts';
import { layoutOf, readMain } from './buckets.ts';
import { claimKey, movementItems, transferItem, whyTransferRefused } from './movement-items.ts';
import { readPositions } from './positions.ts';
import { createStockRebalancing } from './rebalancing.ts';
import { createStockTaking, type TakeStock } from './taking.ts';

export interface StockStoreOptions {
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
}

const MAX_ATTEMPTS = 16;

/** Stock positions, and movements by hand with their record, once per key. */
export function createStockStore(
  table: Table,
  { random = Math.random, clock = () => new Date() }: StockStoreOptions = {},
): StockStore & { availability(skus: readonly string[]): Promise<Map<string, Map<string, number>>> } {
  const rebalancing = createStockRebalancing({ table, clock });
  const take = createStockTaking({ table, random, gather: rebalancing.gather });
  return {
    async positions(sku) {
      const read = await readPositions(table, [sku]);
      return (read.get(sku) ?? []).map(({ position }) => position);
    },

    async hasMoved(movement, key) {
      const record = await readItem(table, keys.movement(movement.sku, key));
      return record?.fingerprint === fingerprint(movement);
    },

    async availability(skus) {
      const read = await readPositions(table, skus);
      const byWarehouse = (sku: string) =>
        (read.get(sku) ?? []).map(({ position }) => [position.warehouseId, position.available] as const);
      return new Map(skus.map((sku) => [sku, new Map(byWarehouse(sku))]));
    },

    async openTransfers(sku) {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#open > :none',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':pk': keys.transferPartition(sku), ':none': 0 },
      });
      return items.map(({ pk: _pk, sk, ...transfer }) =>
        transferSchema.parse({ ...transfer, transferId: String(sk).slice('TRANSFER#'.length) }),
      );
    },

    async move(movement, key, now) {
      const outcome = await write({ table, take }, { movement, key, now });
      // Units that came in are in the first bucket alone: buyers find them at once where there are several.
      if (outcome === 'moved' && addsAvailable(movement)) await rebalanceSpread(table, movement, rebalancing);
      return outcome;
    },
  };
}

const addsAvailable = (movement: StockMovement): boolean =>
  changesOf(movement).some(({ strands }) => strands.some(({ perUnit }) => (perUnit.available ?? 0) > 0));

async function rebalanceSpread(
  table: Table,
  movement: StockMovement,
  rebalancing: ReturnType<typeof createStockRebalancing>,
): Promise<void> {
  const main = await readMain(table, movement);
  // Somebody who is at it already, or the job, does it otherwise.
  if (main !== undefined && layoutOf(main).buckets > 1) await rebalancing.evenOut(movement);
}

async function write(
  { table, take }: { readonly table: Table; readonly take: TakeStock },
  { movement, key, now }: { readonly movement: StockMovement; readonly key: string; readonly now: string },
): Promise<MovementOutcome> {
  const print = fingerprint(movement);
  const transfer = transferItem(table.name, movement, now);
  const own = [...movementItems(table.name, { movement, key, now, print }), ...transfer];
  const taking = await take(changesOf(movement), { now, room: MAX_ITEMS - own.length, by: 'hand' });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const stock = await taking.items();
    const result = stock === undefined ? 'full' : await transact(table, [...own, ...stock]);
    if (result === 'full') {
      await backOff(attempt);
    } else if (result.outcome === 'written') {
      return 'moved';
    } else if (result.outcome === 'condition') {
      const failed = result.failed.map((each) => ({ ...each, index: each.index - own.length }));
      if (failed.some(({ index }) => index < -transfer.length)) {
        const record = keys.movement(movement.sku, key);
        const kept = (await readItem(table, claimKey(key))) ?? (await readItem(table, record));
        return kept?.fingerprint === print ? 'already-moved' : 'key-reused';
      }
      const refused = failed.find(({ index }) => index < 0);
      if (refused !== undefined) return whyTransferRefused(movement, refused.item);
      const { short, isUnclear } = await taking.refused(failed);
      if (short.length > 0) return 'not-enough';
      if (isUnclear) return 'busy';
    } else {
      await taking.contended(result.contended.map((index) => index - own.length));
      await backOff(attempt);
    }
  }
  return 'busy';
}

async function readItem(table: Table, key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}
