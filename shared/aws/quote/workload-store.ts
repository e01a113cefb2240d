import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import { type CalendarDate, dayMs, later } from '../../kernel/time.ts';
import type { Workload, WorkloadReader } from '../../quote/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { readAll } from '../read-all.ts';
import { allWorkloadShards, expiresAt, keys } from '../table.ts';

/** How long the count of a day is kept after it. */
const KEPT_DAYS = 7;

/**
 * How many parcels each warehouse with a capacity has to begin on which day. It is counted after the order was placed
 * and beside its transaction, so that no order waits for another's count or is lost for it: the count may be short of
 * an order whose container died in that moment, and orders that stop are not taken off it.
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
    /** Counts a new order's parcels: one write for each whose warehouse has a capacity. */
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
