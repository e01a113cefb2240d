import type { StockPlace } from '../../stock/index.ts';
import { placeOfStock } from '../table.ts';

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
