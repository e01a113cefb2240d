import type { Table } from '../aws/clients.ts';
import type { BusEvent } from '../aws/relay/bus.ts';
import { changedBucketOf, stockEventsOf } from '../aws/stock/changes.ts';
import { type Clock, toInstant } from '../kernel/time.ts';
import { type RelayDeps, relay } from './relay.ts';
import type { NewItem } from './stream.ts';

/** Publishes changes of stock on the bus. Returns the first item that the stream has to deliver again. */
export async function relayStockChanges(
  items: readonly NewItem[],
  { table, clock, ...deps }: RelayDeps<BusEvent> & { readonly table: Table; readonly clock: Clock },
): Promise<NewItem | undefined> {
  const changed = items.flatMap((item) => changedBucketOf(item) ?? []);
  if (changed.length === 0) return undefined;
  const events = await stockEventsOf(table, changed, () => toInstant(clock()));
  const outgoing = events.map(({ item, busEvent }) => ({ item, sent: busEvent }));
  return relay(outgoing, deps);
}
