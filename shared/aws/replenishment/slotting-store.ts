import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { SlottingMoveEnded, SlottingMoveProposed } from '../../../events/slotting.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import type { SlottingStore } from '../../replenishment/slotting/ports.ts';
import {
  type SlottingMove,
  type StorageZones,
  slottingMoveSchema,
  zonesSchema,
} from '../../replenishment/slotting/storage-zone.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import { expiresAt } from '../table.ts';
import { transact } from '../transaction.ts';
import { MOVE_PREFIX, PLACE_PREFIX, slottingKeys } from './replenishment-keys.ts';
import { reportItem } from './report-item.ts';
import { writeTogether } from './write-together.ts';

/** How long an ended move and its events are kept. */
const KEPT_MS = 30 * dayMs;

/** The zones of warehouses, where products lie, and proposed moves. */
export function createSlottingStore(table: Table): SlottingStore {
  const beginningWith = (warehouseId: string, prefix: string) =>
    readAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': slottingKeys.partition(warehouseId), ':prefix': prefix },
      ConsistentRead: true,
    });
  return {
    async layouts(warehouseIds) {
      const items = await readItems(table, warehouseIds.map(slottingKeys.zones), { consistent: true });
      return items.map((item) => (item === undefined ? undefined : readLayout(item)));
    },
    async putLayout(warehouseId, layout) {
      const Item = { ...slottingKeys.zones(warehouseId), layout: JSON.stringify(layout) };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    async places(warehouseId) {
      const items = await beginningWith(warehouseId, PLACE_PREFIX);
      return new Map(items.map(({ sk, zone }) => [String(sk).slice(PLACE_PREFIX.length), String(zone)]));
    },
    async placesOf(warehouseId, skus) {
      const keys = skus.map((sku) => slottingKeys.place(warehouseId, sku));
      const items = await readItems(table, keys, { consistent: true });
      return items.map((item) => (item === undefined ? undefined : String(item.zone)));
    },
    putPlaces: (warehouseId, placed) =>
      writeTogether(
        table,
        placed.map(({ sku, zone }) => ({
          Put: { TableName: table.name, Item: { ...slottingKeys.place(warehouseId, sku), zone } },
        })),
        'the places of products',
      ),
    async openMoves(warehouseId) {
      const items = await beginningWith(warehouseId, MOVE_PREFIX);
      return items
        .filter(({ endedAt }) => endedAt === undefined)
        .map(({ move }) => slottingMoveSchema.parse(JSON.parse(String(move))));
    },
    async propose(move, now) {
      const proposed = SlottingMoveProposed.data.parse({ ...move, at: now });
      await transact(table, [
        {
          Put: {
            TableName: table.name,
            Item: { ...slottingKeys.move(move.warehouseId, move.sku), move: JSON.stringify(proposed) },
            ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(endedAt)',
          },
        },
        eventOf(table, SlottingMoveProposed.name, proposed, now),
      ]);
    },
    async end({ warehouseId, sku, from, to }, outcome, now) {
      const ended = SlottingMoveEnded.data.parse({ warehouseId, sku, from, to, outcome, at: now });
      await transact(table, [
        {
          Update: {
            TableName: table.name,
            Key: slottingKeys.move(warehouseId, sku),
            UpdateExpression: 'SET endedAt = :now, expiresAt = :expires',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
            ExpressionAttributeValues: { ':now': now, ':expires': expiresAt(later(now, KEPT_MS)) },
          },
        },
        eventOf(table, SlottingMoveEnded.name, ended, now),
      ]);
    },
  };
}

const readLayout = ({ layout }: Readonly<Record<string, unknown>>): StorageZones =>
  zonesSchema.parse(JSON.parse(String(layout)));

const eventOf = (
  table: Table,
  event: string,
  move: Pick<SlottingMove, 'warehouseId' | 'sku'>,
  now: Instant,
) =>
  reportItem(table, {
    ...{ pk: `SLOTTING-MOVE#${move.warehouseId}#${move.sku}#${now}`, event, reported: move },
    expiresAt: expiresAt(later(now, KEPT_MS)),
  });
