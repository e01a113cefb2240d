import type { Table } from '../aws/clients.ts';
import type { Bus } from '../aws/relay/bus.ts';
import { changedBucketOf, stockEventsOf } from '../aws/stock/changes.ts';
import { type Clock, toInstant } from '../kernel/time.ts';
import { putOrFirstFailed } from './relay.ts';
import type { NewItem } from './stream.ts';

/** Publishes changes of stock on the bus; returns the first item whose event the bus refused. */
export async function relayStockChanges(
  items: readonly NewItem[],
  { bus, table, clock }: { readonly bus: Bus; readonly table: Table; readonly clock: Clock },
): Promise<NewItem | undefined> {
  const changed = items.flatMap((item) => changedBucketOf(item) ?? []);
  if (changed.length === 0) return undefined;
  return putOrFirstFailed(await stockEventsOf(table, changed, () => toInstant(clock())), bus);
}
