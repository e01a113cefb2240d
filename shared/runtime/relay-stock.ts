import type { BusEvent } from '../aws/relay/bus.ts';
import { type ChangedBucket, changedBucketOf } from '../aws/stock/changed-bucket.ts';
import { type Outgoing, type RelayDeps, relay } from './relay.ts';
import type { NewItem } from './stream.ts';

export interface StockRelayDeps extends Pick<RelayDeps<BusEvent>, 'outlet' | 'unrelayed'> {
  /** The events of changed stock, with the positions that the table has now. */
  readonly stockEvents: (
    changed: readonly ChangedBucket<NewItem>[],
  ) => Promise<readonly { readonly item: NewItem; readonly busEvent: BusEvent }[]>;
}

/**
 * Publishes changes of stock on the bus. Returns the first item that the stream has to deliver again. Where the stock
 * can't be read, the keys of the items go to the queue of what can't be relayed: facts in the same stream do not wait.
 */
export async function relayStockChanges(
  items: readonly NewItem[],
  deps: StockRelayDeps,
): Promise<NewItem | undefined> {
  const changed = items.flatMap((item) => changedBucketOf(item) ?? []);
  if (changed.length === 0) return undefined;
  return relay(await outgoingOf(changed, deps), { outlet: deps.outlet, unrelayed: deps.unrelayed });
}

async function outgoingOf(
  changed: readonly ChangedBucket<NewItem>[],
  { stockEvents }: StockRelayDeps,
): Promise<Outgoing<BusEvent>[]> {
  try {
    return (await stockEvents(changed)).map(({ item, busEvent }) => ({ item, sent: busEvent }));
  } catch (error) {
    const unreadable = error instanceof Error ? error.name : 'unknown';
    return changed.map(({ item }) => ({ item, unreadable }));
  }
}
