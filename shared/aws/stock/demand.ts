import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, type Instant, later, minuteMs, secondMs } from '../../kernel/time.ts';
import { type DemandNote, placeKey, type StockDemand, type StockPlace } from '../../stock/index.ts';
import { isThrottled } from '../busy.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { expiresAt, keys } from '../table.ts';

/** How many days a place stays on the list after its last demand. */
const KEPT_DAYS = 30;
/** A container that places this number of orders of a SKU within {@link MANY_MS} records it; fewer are not recorded. */
const MANY_ORDERS = 20;
const MANY_MS = 5 * minuteMs;
/** The shortest interval between two notes of one container about one place. */
const NOTED_EVERY_MS = 10 * secondMs;

/** The places in demand. They are few at a time, so one partition holds them. */
export function createStockDemand(table: Table): StockDemand {
  return {
    async list() {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.stockDemandPartition },
        ConsistentRead: true,
      });
      return items.map((item): DemandNote => {
        const [sku = '', warehouseId = ''] = String(item.sk).split('#');
        return {
          sku,
          warehouseId,
          since: String(item.since),
          reservations: Number(item.reservations ?? 0),
          conflicts: Number(item.conflicts ?? 0),
          quietLooks: Number(item.quietLooks ?? 0),
        };
      });
    },

    watch: (place, now) => noteDemand(table, place, { reservations: 0, conflicts: 0 }, now),

    async settle({ sku, warehouseId, reservations, conflicts }, now, quietLooks) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.stockDemand(sku, warehouseId),
          UpdateExpression:
            'SET since = :now, quietLooks = :quiet, expiresAt = :end ADD reservations :orders, conflicts :conflicts',
          ExpressionAttributeValues: {
            ':now': now,
            ':quiet': quietLooks,
            ':end': keptUntil(now),
            ':orders': -reservations,
            ':conflicts': -conflicts,
          },
        }),
      );
    },
  };
}

/** Puts a place on the list, with the demand since its last note. */
export async function noteDemand(
  table: Table,
  { sku, warehouseId }: StockPlace,
  { reservations, conflicts }: { readonly reservations: number; readonly conflicts: number },
  now: Instant,
): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.stockDemand(sku, warehouseId),
      UpdateExpression:
        'SET since = if_not_exists(since, :now), expiresAt = :end ADD reservations :orders, conflicts :conflicts',
      ExpressionAttributeValues: {
        ':now': now,
        ':end': keptUntil(now),
        ':orders': reservations,
        ':conflicts': conflicts,
      },
    }),
  );
}

const keptUntil = (now: Instant) => expiresAt(later(now, KEPT_DAYS * dayMs));

interface Tally {
  readonly place: StockPlace;
  reservations: number;
  conflicts: number;
  startedAtMs: number;
  notedAtMs: number;
}

/** The most places that a container counts. */
const MAX_TALLIES = 1_000;

/**
 * Counts the demand of this container's orders in memory, and writes it when it is worth a write: an order of a rarely
 * bought SKU costs no extra write.
 */
export function createDemandTally(write: (place: StockPlace, tally: Tally, now: Instant) => Promise<void>) {
  const tallies = new Map<string, Tally>();
  return {
    async count(place: StockPlace, conflicts: number, now: Instant): Promise<void> {
      const nowMs = Date.parse(now);
      const key = placeKey(place);
      const known = tallies.get(key);
      const tally: Tally =
        known !== undefined && nowMs - known.startedAtMs < MANY_MS
          ? known
          : {
              place,
              reservations: 0,
              conflicts: 0,
              startedAtMs: nowMs,
              notedAtMs: known?.notedAtMs ?? 0,
            };
      if (known === undefined && tallies.size >= MAX_TALLIES) tallies.clear();
      tallies.set(key, tally);
      tally.reservations += 1;
      tally.conflicts += conflicts;
      const isWorth = tally.conflicts > 0 || tally.reservations >= MANY_ORDERS;
      if (!isWorth || nowMs - tally.notedAtMs < NOTED_EVERY_MS) return;
      const written = { ...tally };
      Object.assign(tally, { reservations: 0, conflicts: 0, startedAtMs: nowMs, notedAtMs: nowMs });
      try {
        await write(place, written, now);
      } catch (error) {
        if (!isThrottled(error)) throw error;
        // The order is placed. A count that could not be written stays and is written with a later order's.
        tally.reservations += written.reservations;
        tally.conflicts += written.conflicts;
      }
    },
  };
}
