import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../kernel/time.ts';
import {
  decideWhenFull,
  emptySlot,
  type HoldOutcome,
  type HoldRecord,
  type Occupancy,
  type SlotHold,
  type SlotStore,
  settle,
} from '../../slots/index.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { DUE_INDEX, DUE_SLOTS, type Key, keys, SLOT_PREFIX } from '../table.ts';
import { type TransactItem, transact } from '../transaction.ts';
import {
  claimItem,
  holdClaim,
  holdItem,
  pointerItem,
  readOccupancy,
  releaseItem,
  unconsumedItem,
} from './slot-items.ts';

const MAX_ATTEMPTS = 12;
/** The most holds removed by one write: an expression of DynamoDB has at most 300 operators. */
const MAX_SETTLED = 100;

/** Slots in the table: one item per slot with the count of its taken places, and each hold by its id. */
export function createSlotStore(table: Table): SlotStore {
  return {
    occupancies: (zoneId, first, last) => readOccupancies(table, zoneId, first, last),
    hold: (record) => hold(table, record),
    async repeated(storefrontId, key) {
      const item = await readItem(table, holdClaim(storefrontId, key));
      if (item === undefined) return undefined;
      return { hold: JSON.parse(String(item.hold)) as SlotHold, fingerprint: String(item.fingerprint) };
    },
    holdOf: (quoteId) => readHold(table, quoteId),
    async due(now, max) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
          ExpressionAttributeValues: { ':shard': DUE_SLOTS, ':now': now },
          Limit: max,
        }),
      );
      return Items.map(slotIdOf);
    },
    settle: (slotId, now) => settleSlot(table, slotId, now),
  };
}

const slotIdOf = ({ pk, sk }: Record<string, unknown>) =>
  `${String(pk).slice(keys.slotPartition('').length)}_${String(sk).slice(SLOT_PREFIX.length)}`;

async function readOccupancies(
  table: Table,
  zoneId: string,
  first: string,
  last: string,
): Promise<Map<string, Occupancy>> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':pk': keys.slotPartition(zoneId),
      ':first': `${SLOT_PREFIX}${first}`,
      // The tilde sorts after everything that can follow the day.
      ':last': `${SLOT_PREFIX}${last}~`,
    },
  });
  return new Map(items.map((item) => [slotIdOf(item), readOccupancy(item)]));
}

/**
 * One transaction takes the place, claims the request and releases the quote's earlier place. If a condition was false,
 * its item is read again. Either the item explains the refusal, or expired holds are removed and the transaction is
 * repeated.
 */
async function hold(table: Table, record: HoldRecord): Promise<HoldOutcome> {
  const { hold: wanted, now } = record;
  /** Earlier holds that turned out to have no place any more. */
  const gone = new Set<string>();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const previous = await readHold(table, wanted.quoteId);
    const live =
      previous !== undefined && previous.expiresAt > now && !gone.has(previous.holdId) ? previous : undefined;
    const isExchange = live?.slot.slotId === wanted.slot.slotId;
    const items = {
      claim: claimItem(table.name, record),
      quote: unconsumedItem(table.name, wanted.quoteId),
      pointer: pointerItem(table.name, wanted, previous),
      slot: holdItem(table.name, wanted, isExchange ? live : undefined),
      ...(live === undefined || isExchange ? {} : { release: releaseItem(table.name, live) }),
    } satisfies Record<string, TransactItem>;
    const result = await transact(table, Object.values(items));
    if (result.outcome === 'written') return { outcome: 'held' };
    if (result.outcome === 'contended') {
      await backOff(attempt);
      continue;
    }
    const failed = new Set(result.failed.map(({ index }) => Object.keys(items)[index]));
    if (failed.has('claim')) return repeatOf(table, record);
    if (failed.has('quote')) return { outcome: 'quote-consumed' };
    if (live !== undefined && (failed.has('release') || isExchange)) gone.add(live.holdId);
    else if (failed.has('slot') && !(await makeRoom(table, record))) return { outcome: 'slot-full' };
  }
  return { outcome: 'contended' };
}

async function repeatOf(table: Table, record: HoldRecord): Promise<HoldOutcome> {
  const item = await readItem(table, holdClaim(record.storefrontId, record.idempotencyKey));
  if (item === undefined || item.fingerprint !== record.fingerprint) return { outcome: 'key-reused' };
  return { outcome: 'repeated', hold: JSON.parse(String(item.hold)) as SlotHold };
}

/** Whether another attempt for a place of the slot makes sense; removes expired holds. */
async function makeRoom(table: Table, { hold: { slot }, now }: HoldRecord): Promise<boolean> {
  const item = await readItem(table, keys.slot(slot.slotId));
  const decided = decideWhenFull(item === undefined ? emptySlot : readOccupancy(item), slot.capacity, now);
  if (decided === 'settle') await settleSlot(table, slot.slotId, now);
  return decided !== 'full';
}

/** Removes expired holds, unless another request removed some or added one meanwhile; returns their number. */
async function settleSlot(table: Table, slotId: string, now: Instant): Promise<number> {
  const item = await readItem(table, keys.slot(slotId));
  if (item === undefined) return 0;
  const settled = settle(readOccupancy(item), now);
  const freed = settled.freed.slice(0, MAX_SETTLED);
  const isAll = freed.length === settled.freed.length;
  const next = isAll ? settled.nextExpiry : String(item.dueAt ?? now);
  const names = Object.fromEntries(freed.map(({ holdId }, index) => [`#h${index}`, holdId]));
  const removed = [...Object.keys(names), ...(next === undefined ? ['dueShard', 'dueAt'] : [])];
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.slot(slotId),
        UpdateExpression: [
          next === undefined ? '' : 'SET dueShard = :shard, dueAt = :next',
          removed.length === 0 ? '' : `REMOVE ${removed.join(', ')}`,
          'ADD taken :less',
        ].join(' '),
        ConditionExpression: [
          'holdsMade = :made',
          ...Object.keys(names).map((name) => `attribute_exists(${name})`),
        ].join(' AND '),
        ...(freed.length === 0 ? {} : { ExpressionAttributeNames: names }),
        ExpressionAttributeValues: {
          ':made': item.holdsMade,
          ':less': -freed.length,
          ...(next === undefined ? {} : { ':shard': DUE_SLOTS, ':next': next }),
        },
      }),
    );
    return freed.length;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return 0;
  }
}

async function readHold(table: Table, quoteId: string): Promise<SlotHold | undefined> {
  const item = await readItem(table, keys.slotHold(quoteId));
  return item === undefined ? undefined : (JSON.parse(String(item.hold)) as SlotHold);
}

async function readItem(table: Table, key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}
