import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type SlotZone, slotZoneSchema, type ZoneStore } from '../slots/index.ts';
import type { Table } from './clients.ts';
import { readAll } from './read-all.ts';
import { keys } from './table.ts';

/** Delivery zones with the pattern of their slots. */
export function createSlotZoneStore(table: Table): ZoneStore {
  const parse = (item: Record<string, unknown>): SlotZone =>
    slotZoneSchema.parse(JSON.parse(String(item.zone)));
  return {
    async zones() {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.slotZones },
      });
      return items.map(parse);
    },
    async zone(zoneId) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.slotZone(zoneId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : parse(Item);
    },
    async putZone(zone) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.slotZone(zone.zoneId), zone: JSON.stringify(zone) },
        }),
      );
    },
  };
}
