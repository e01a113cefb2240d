import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, type Instant, later, minuteMs, secondMs } from '../../kernel/time.ts';
import { type DemandNote, placeKey, type StockDemand, type StockPlace } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { expiresAt, keys } from '../table.ts';
import { isThrottled } from '../transaction.ts';

/** How long a place stays on the list after it was last in demand. */
const KEPT_DAYS = 30;
/** One container that places so many orders of a SKU within {@link MANY_MS} says so; fewer are nothing to note. */
const MANY_ORDERS = 20;
const MANY_MS = 5 * minuteMs;
/** How often one container writes of one place, however much it meets. */
const NOTED_EVERY_MS = 10 * secondMs;

/** The places that many wanted at once. Few SKUs at a time, so that one partition holds them. */
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

/** Puts a place on the list: what its buyers met since it was last noted. */
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

/** Most places that a container keeps count of. */
const MAX_TALLIES = 1_000;

/**
 * Counts in memory what this container's orders meet, and writes it down when it is worth a write: an order of a
 * SKU that few buy costs nothing more.
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
        // The order is placed: what could not be noted now is kept and written with a later order's.
        tally.reservations += written.reservations;
        tally.conflicts += written.conflicts;
      }
    },
  };
}
