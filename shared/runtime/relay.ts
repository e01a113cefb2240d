import type { QueueSender } from '../aws/queue/queue-sender.ts';
import type { Bus, BusEvent } from '../aws/relay/bus.ts';
import { busEventsOf } from '../aws/relay/outbox.ts';
import { writeUnrelayed } from './bus-message.ts';
import { log } from './log.ts';
import type { NewItem } from './stream.ts';

export interface RelayDeps {
  readonly bus: Bus;
  /** The queue for the keys of items that can't be published unchanged. */
  readonly unrelayed: QueueSender;
}

/** An item with an event to publish, or with the reason why its events can't be read. */
export type Outgoing =
  | { readonly item: NewItem; readonly busEvent: BusEvent }
  | { readonly item: NewItem; readonly unreadable: string };

/** Publishes the events of new items. Returns the first item that the stream has to deliver again. */
export async function relayNewItems(
  items: readonly NewItem[],
  deps: RelayDeps,
): Promise<NewItem | undefined> {
  return publish(
    items.flatMap((item) => readEvents(item)),
    deps,
  );
}

function readEvents(item: NewItem): Outgoing[] {
  try {
    return busEventsOf(item.attributes).map((busEvent) => ({ item, busEvent }));
  } catch (error) {
    return [{ item, unreadable: error instanceof Error ? error.name : 'unknown' }];
  }
}

/**
 * Puts events on the bus. An event that can never be published stops no other: the key of its item goes to a queue, and
 * is published from there, read from the table again. Returns the first item that has to come again, because the bus or
 * that queue is out of order.
 */
export async function publish(
  outgoing: readonly Outgoing[],
  { bus, unrelayed }: RelayDeps,
): Promise<NewItem | undefined> {
  const events = outgoing.flatMap((each) => ('busEvent' in each ? [each] : []));
  const refusals = await bus.put(events.map(({ busEvent }) => busEvent));
  const unpublished = [
    ...outgoing.flatMap((each) =>
      'unreadable' in each ? [{ item: each.item, reason: each.unreadable, isFinal: true }] : [],
    ),
    ...refusals.flatMap(({ index, ...refusal }) => {
      const item = events[index]?.item;
      return item === undefined ? [] : [{ item, ...refusal }];
    }),
  ];
  const places = new Map(outgoing.map(({ item }, place) => [item.sequenceNumber, place]));
  const inOrder = unpublished.toSorted((left, right) => placeIn(places, left) - placeIn(places, right));
  return firstToRepeat(inOrder, unrelayed);
}

interface Unpublished {
  readonly item: NewItem;
  readonly reason: string;
  readonly isFinal: boolean;
}

const placeIn = (places: ReadonlyMap<string, number>, { item }: Unpublished): number =>
  places.get(item.sequenceNumber) ?? 0;

/** Hands over the keys of items before the first one that is delivered again. Later items are delivered with it. */
async function firstToRepeat(
  unpublished: readonly Unpublished[],
  unrelayed: QueueSender,
): Promise<NewItem | undefined> {
  const isToRepeat = new Set(unpublished.filter(({ isFinal }) => !isFinal).map(({ item }) => item));
  for (const { item, reason } of unpublished) {
    if (isToRepeat.has(item) || !(await handOver(item, reason, unrelayed))) {
      log.warn('RELAY_FAILED', { count: unpublished.length, reason });
      return item;
    }
  }
  return undefined;
}

async function handOver(item: NewItem, reason: string, unrelayed: QueueSender): Promise<boolean> {
  const { pk = '', sk = '' } = item.attributes;
  try {
    await unrelayed.send(writeUnrelayed({ pk, sk }));
    log.warn('NOT_RELAYED', { pk, sk, reason });
    return true;
  } catch (error) {
    log.error('NOT_HANDED_OVER', error, { pk, sk, reason });
    return false;
  }
}
