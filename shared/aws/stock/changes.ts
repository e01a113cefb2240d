import { StockChanged, type StockChangedData } from '../../../events/stock.ts';
import type { Instant } from '../../kernel/time.ts';
import { placeKey, type StockPlace } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import type { BusEvent } from '../relay/bus.ts';
import { placeOfStock } from '../table.ts';
import { readPositions } from './positions.ts';

/** A bucket that was written by hand, or by an order that took its last unit or returned one to it. */
export interface ChangedBucket<Item> extends StockPlace {
  readonly item: Item;
  readonly isByHand: boolean;
  readonly isEmpty: boolean;
}

/** The stock bucket of a changed item of the table, if it is one. `image`: its texts, and its numbers as texts. */
export function changedBucketOf<Item extends { readonly attributes: Readonly<Record<string, string>> }>(
  item: Item,
): ChangedBucket<Item> | undefined {
  const { pk = '', sk = '', changedBy, available } = item.attributes;
  const place = placeOfStock({ pk, sk });
  if (place === undefined) return undefined;
  return { ...place, item, isByHand: changedBy === 'hand', isEmpty: available === '0' };
}

/**
 * The events of changed buckets: one per place, with its present units in all buckets together. No event says that
 * orders emptied one of several buckets while others hold units.
 */
export async function stockEventsOf<Item>(
  table: Table,
  changed: readonly ChangedBucket<Item>[],
  now: () => Instant,
): Promise<{ readonly item: Item; readonly busEvent: BusEvent }[]> {
  const byPlace = new Map<string, ChangedBucket<Item>[]>();
  for (const each of changed) byPlace.set(placeKey(each), [...(byPlace.get(placeKey(each)) ?? []), each]);
  const asOf = now();
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
