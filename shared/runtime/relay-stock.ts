import type { Table } from '../aws/clients.ts';
import { changedBucketOf, stockEventsOf } from '../aws/stock/changes.ts';
import { type Clock, toInstant } from '../kernel/time.ts';
import { publish, type RelayDeps } from './relay.ts';
import type { NewItem } from './stream.ts';

/** Publishes changes of stock on the bus. Returns the first item that the stream has to deliver again. */
export async function relayStockChanges(
  items: readonly NewItem[],
  { table, clock, ...relay }: RelayDeps & { readonly table: Table; readonly clock: Clock },
): Promise<NewItem | undefined> {
  const changed = items.flatMap((item) => changedBucketOf(item) ?? []);
  if (changed.length === 0) return undefined;
  return publish(await stockEventsOf(table, changed, () => toInstant(clock())), relay);
}
