import { StockChanged, type StockChangedData } from '../../../events/stock.ts';
import { type Clock, toInstant } from '../../kernel/time.ts';
import { placeKey } from '../../stock/index.ts';
import { openTable, type Table } from '../clients.ts';
import type { BusEvent } from '../relay/bus.ts';
import type { ChangedBucket } from './changed-bucket.ts';
import { readPositions } from './positions.ts';

/**
 * The events of changed buckets: one per place, with its present units in all buckets together. No event says that
 * orders emptied one of several buckets while others hold units.
 */
export async function stockEventsOf<Item>(
  table: Table,
  changed: readonly ChangedBucket<Item>[],
  clock: Clock,
): Promise<{ readonly item: Item; readonly busEvent: BusEvent }[]> {
  const byPlace = new Map<string, ChangedBucket<Item>[]>();
  for (const each of changed) byPlace.set(placeKey(each), [...(byPlace.get(placeKey(each)) ?? []), each]);
  const asOf = toInstant(clock());
  const positions = await readPositions(
    table,
    changed.map(({ sku }) => sku),
    { consistent: true },
  );
  return [...byPlace.values()].flatMap((ofPlace) => {
    const [{ sku, warehouseId, item } = { sku: '', warehouseId: '', item: undefined }] = ofPlace;
    const found = positions.get(sku)?.find(({ position }) => position.warehouseId === warehouseId);
    if (found === undefined || item === undefined) return [];
    const { available, reserved, quarantined, onHand, inTransit } = found.position;
    if (available > 0 && ofPlace.every(({ isByHand, isEmpty }) => isEmpty && !isByHand)) return [];
    const reported: StockChangedData = {
      sku,
      warehouseId,
      available,
      reserved,
      quarantined,
      onHand,
      inTransit,
      asOf,
    };
    return [{ item, busEvent: { name: StockChanged.name, detail: JSON.stringify(reported) } }];
  });
}

/** What gives the events of changed buckets of the table with this name. Its client is made for the first of them. */
export function stockEventsIn(tableName: string, clock: Clock) {
  let table: Table | undefined;
  return <Item>(changed: readonly ChangedBucket<Item>[]) => {
    table ??= openTable(tableName);
    return stockEventsOf(table, changed, clock);
  };
}
