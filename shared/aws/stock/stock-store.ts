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
import { layoutOf, readMain } from './buckets.ts';
import { claimKey, movementItems, transferItem, whyTransferRefused } from './movement-items.ts';
import { readPositions } from './positions.ts';
import { createStockRebalancing } from './rebalancing.ts';
import { createStockTaking } from './taking.ts';
import { type StockWriter, writeWithStock } from './write-with-stock.ts';

export interface StockStoreOptions {
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
}

const PATIENCE = { maxAttempts: 16, attemptsPerStep: 1, waitsForRoom: true } as const;

/** Stock positions, and movements by hand with their record, once per key. */
export function createStockStore(
  table: Table,
  { random = Math.random, clock = () => new Date() }: StockStoreOptions = {},
): StockStore {
  const rebalancing = createStockRebalancing({ table, clock });
  const writer = { table, take: createStockTaking({ table, random, gather: rebalancing.gather }) };
  return {
    async positions(sku) {
      const read = await readPositions(table, [sku]);
      return (read.get(sku) ?? []).map(({ position }) => position);
    },

    async hasMoved(movement, key) {
      const record = await readItem(table, keys.movement(movement.sku, key));
      return record?.fingerprint === fingerprint(movement);
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
      const outcome = await write(writer, { movement, key, now });
      // New units are all in the first bucket: buyers find them at once when they are spread.
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
  // Otherwise another process is already spreading them, or the job will.
  if (main !== undefined && layoutOf(main).buckets > 1) await rebalancing.evenOut(movement);
}

interface HandMovement {
  readonly movement: StockMovement;
  readonly key: string;
  readonly now: string;
}

async function write(writer: StockWriter, { movement, key, now }: HandMovement): Promise<MovementOutcome> {
  const { table } = writer;
  const print = fingerprint(movement);
  const written = await writeWithStock(writer, {
    parts: [
      { name: 'movement', items: movementItems(table.name, { movement, key, now, print }) },
      { name: 'transfer', items: transferItem(table.name, movement, now) },
    ],
    changes: changesOf(movement),
    taking: { now, by: 'hand' },
    patience: PATIENCE,
  });
  switch (written.outcome) {
    case 'written':
      return 'moved';
    case 'refused':
      return written.parts.has('movement')
        ? whyMovementRefused(table, movement, key)
        : whyTransferRefused(movement, written.parts.get('transfer'));
    case 'short':
      return 'not-enough';
    default:
      return 'busy';
  }
}

/** The key was used: by the same movement, or by another one. */
async function whyMovementRefused(
  table: Table,
  movement: StockMovement,
  key: string,
): Promise<'already-moved' | 'key-reused'> {
  const record = keys.movement(movement.sku, key);
  const kept = (await readItem(table, claimKey(key))) ?? (await readItem(table, record));
  return kept?.fingerprint === fingerprint(movement) ? 'already-moved' : 'key-reused';
}

async function readItem(table: Table, key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}
