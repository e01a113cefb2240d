import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type SlotZone, slotZoneSchema, type ZoneStore } from '../../slots/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { readAll } from '../read-all.ts';
import { keys } from '../table.ts';

/** Delivery zones with the templates of their slots. */
export function createSlotZoneStore(table: Table, clock: () => Date): ZoneStore {
  const zones = fresh(clock, async (): Promise<SlotZone[]> => {
    const items = await readAll(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.slotZones },
    });
    return items.map((item) => slotZoneSchema.parse(JSON.parse(String(item.zone))));
  });
  return {
    zones: () => zones.get(),
    async putZone(zone) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.slotZone(zone.zoneId), zone: JSON.stringify(zone) },
        }),
      );
      zones.forget();
    },
  };
}
