import type { QueueSender } from '../aws/queue/queue-sender.ts';
import type { Outlet } from '../aws/relay/refusal.ts';
import { log } from './log.ts';
import { outgoingOf, type Sent } from './outgoing.ts';
import { writeUnrelayed } from './queue-message.ts';
import type { NewItem } from './stream.ts';

export interface RelayDeps<Each = Sent> {
  /** Takes what is to be sent. */
  readonly outlet: Outlet<Each>;
  /** The queue for the keys of items that can't be relayed unchanged. */
  readonly unrelayed: QueueSender;
  /** The message of that queue for an item; the item's key to be relayed if absent. */
  readonly messageOf?: (item: NewItem) => string;
}

const toRelay = ({ attributes: { pk = '', sk = '' } }: NewItem): string => writeUnrelayed({ pk, sk });

/** An item with something to send, or with the reason why what is to be sent can't be read. */
export type Outgoing<Each> =
  | { readonly item: NewItem; readonly sent: Each }
  | { readonly item: NewItem; readonly unreadable: string };

/**
 * Sends the facts of new items to the queues of the functions that wait for them, and events to the bus. Returns the
 * first item that the stream has to deliver again.
 */
export async function relayNewItems(
  items: readonly NewItem[],
  deps: RelayDeps & { readonly publishesAllFacts: boolean },
): Promise<NewItem | undefined> {
  return relay(
    items.flatMap((item) => readOutgoing(item, deps)),
    deps,
  );
}

function readOutgoing(item: NewItem, settings: { readonly publishesAllFacts: boolean }): Outgoing<Sent>[] {
  try {
    return outgoingOf(item.attributes, settings).map((sent) => ({ item, sent }));
  } catch (error) {
    return [{ item, unreadable: error instanceof Error ? error.name : 'unknown' }];
  }
}

/**
 * Sends what is outgoing. What can never be sent stops nothing else: the key of its item goes to a queue, and is
 * relayed from there, read from the table again. Returns the first item that has to come again, because a receiver or
 * that queue is out of order. All that belongs to the item is then sent again.
 */
export async function relay<Each>(
  outgoing: readonly Outgoing<Each>[],
  { outlet, unrelayed, messageOf = toRelay }: RelayDeps<Each>,
): Promise<NewItem | undefined> {
  const readable = outgoing.flatMap((each) => ('sent' in each ? [each] : []));
  const refusals = await outlet.put(readable.map(({ sent }) => sent));
  const unsent = [
    ...outgoing.flatMap((each) =>
      'unreadable' in each ? [{ item: each.item, reason: each.unreadable, isFinal: true }] : [],
    ),
    ...refusals.flatMap(({ index, ...refusal }) => {
      const item = readable[index]?.item;
      return item === undefined ? [] : [{ item, ...refusal }];
    }),
  ];
  const places = new Map(outgoing.map(({ item }, place) => [item.sequenceNumber, place]));
  const inOrder = unsent.toSorted((left, right) => placeIn(places, left) - placeIn(places, right));
  return firstToRepeat(inOrder, (item) => unrelayed.send(messageOf(item)));
}

interface Unsent {
  readonly item: NewItem;
  readonly reason: string;
  readonly isFinal: boolean;
}

const placeIn = (places: ReadonlyMap<string, number>, { item }: Unsent): number =>
  places.get(item.sequenceNumber) ?? 0;

/** Hands over the keys of items before the first one that is delivered again. Later items are delivered with it. */
async function firstToRepeat(
  unsent: readonly Unsent[],
  send: (item: NewItem) => Promise<void>,
): Promise<NewItem | undefined> {
  const isToRepeat = new Set(unsent.filter(({ isFinal }) => !isFinal).map(({ item }) => item));
  for (const { item, reason } of unsent) {
    if (isToRepeat.has(item) || !(await handOver(item, reason, send))) {
      log.warn('RELAY_FAILED', { count: unsent.length, reason });
      return item;
    }
  }
  return undefined;
}

async function handOver(
  item: NewItem,
  reason: string,
  send: (item: NewItem) => Promise<void>,
): Promise<boolean> {
  const { pk = '', sk = '' } = item.attributes;
  try {
    await send(item);
    log.warn('NOT_RELAYED', { pk, sk, reason });
    return true;
  } catch (error) {
    log.error('NOT_HANDED_OVER', error, { pk, sk, reason });
    return false;
  }
}
