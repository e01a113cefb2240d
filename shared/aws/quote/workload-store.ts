import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import { type CalendarDate, dayMs, later } from '../../kernel/time.ts';
import type { Workload, WorkloadReader } from '../../quote/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { readAll } from '../read-all.ts';
import { allWorkloadShards, expiresAt, keys } from '../table.ts';

/** How many days the count of a day is kept after it. */
const KEPT_DAYS = 7;

/**
 * The number of parcels that each warehouse with a capacity starts on each day. It is counted after the order was
 * placed and outside its transaction, so that orders don't wait for each other's counts and don't fail because of them.
 * The count may miss an order whose container crashed at that moment, and cancelled orders are not subtracted.
 */
export function createWorkloadStore(table: Table, clock: () => Date) {
  let from: CalendarDate = '';
  const workload = fresh(clock, () => readSince(table, from));
  return {
    since(date: CalendarDate): Promise<Workload> {
      if (date !== from) workload.forget();
      from = date;
      return workload.get();
    },
    /** Counts a new order's parcels: one write for each parcel whose warehouse has a capacity. */
    async count(orderId: string, consignments: readonly PlannedConsignment[]): Promise<void> {
      await Promise.all(
        consignments.map(async ({ warehouseId, workDay }) => {
          if (workDay === undefined) return;
          await table.client.send(
            new UpdateCommand({
              TableName: table.name,
              Key: keys.workload(orderId, workDay, warehouseId),
              UpdateExpression: 'SET expiresAt = :end ADD parcels :one',
              ExpressionAttributeValues: { ':one': 1, ':end': keptUntil(workDay) },
            }),
          );
        }),
      );
    },
  } satisfies WorkloadReader & Record<string, unknown>;
}

const keptUntil = (day: CalendarDate) => expiresAt(later(`${day}T00:00:00.000Z`, (KEPT_DAYS + 1) * dayMs));

async function readSince(table: Table, from: CalendarDate): Promise<Workload> {
  const shards = await Promise.all(
    allWorkloadShards.map((shard) =>
      readAll(table, {
        KeyConditionExpression: 'pk = :shard AND sk >= :from',
        ExpressionAttributeValues: { ':shard': shard, ':from': from },
      }),
    ),
  );
  const workload = new Map<string, Map<CalendarDate, number>>();
  for (const { sk, parcels } of shards.flat()) {
    const [day = '', warehouseId = ''] = String(sk).split('#');
    const days = workload.get(warehouseId) ?? new Map<CalendarDate, number>();
    workload.set(warehouseId, days.set(day, (days.get(day) ?? 0) + Number(parcels)));
  }
  return workload;
}
