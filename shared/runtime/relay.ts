import type { Bus, BusEvent } from '../aws/relay/bus.ts';
import { busEventsOf } from '../aws/relay/outbox.ts';
import { log } from './log.ts';
import type { NewItem } from './stream.ts';

/** Puts the events among new items on the bus; returns the first item whose event the bus refused. */
export async function relayNewItems(
  items: readonly NewItem[],
  { bus }: { bus: Bus },
): Promise<NewItem | undefined> {
  const outgoing = items.flatMap((item) =>
    busEventsOf(item.attributes).map((busEvent) => ({ item, busEvent })),
  );
  return putOrFirstFailed(outgoing, bus);
}

/** Puts events on the bus; returns the item of the first event that the bus refused. */
export async function putOrFirstFailed(
  outgoing: readonly { readonly item: NewItem; readonly busEvent: BusEvent }[],
  bus: Bus,
): Promise<NewItem | undefined> {
  const failed = await bus.put(outgoing.map(({ busEvent }) => busEvent));
  if (failed.length === 0) return undefined;
  log.warn('RELAY_FAILED', { count: failed.length });
  return outgoing[Math.min(...failed)]?.item;
}
