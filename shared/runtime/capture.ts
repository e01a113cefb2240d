import { StockChanged, type StockChangedData } from '../../events/stock.ts';
import type { Table } from '../aws/clients.ts';
import { positionRecord } from '../aws/lake/catalogue-records.ts';
import { cohortRecord } from '../aws/lake/cohort-records.ts';
import { recordsOfItem } from '../aws/lake/item-records.ts';
import { imageOf, readRaw } from '../aws/relay/image.ts';
import { changedBucketOf } from '../aws/stock/changed-bucket.ts';
import { stockEventsOf } from '../aws/stock/changes.ts';
import { PERSON_PREFIX, placeOfStock } from '../aws/table.ts';
import type { Clock } from '../kernel/time.ts';
import { writeRecord } from '../lake/index.ts';
import { log } from './log.ts';
import { type UncapturedItem, writeUncaptured } from './queue-message.ts';
import { type Outgoing, type RelayDeps, relay } from './relay.ts';
import type { NewItem } from './stream.ts';

export interface CaptureDeps extends Pick<RelayDeps<string>, 'outlet'> {
  readonly table: Table;
  readonly clock: Clock;
}

/**
 * Sends what the lake keeps of written items to its delivery stream. Returns the first item that the table's stream
 * has to deliver again. The key of an item that can't be read goes to a queue, and stops nothing else.
 */
export async function captureItems(
  items: readonly NewItem[],
  { table, clock, ...deps }: CaptureDeps & Pick<RelayDeps<string>, 'unrelayed'>,
): Promise<NewItem | undefined> {
  const positions = await positionsOf(items, table, clock);
  const counted = await countedCustomers(items, table);
  const outgoing = items.flatMap((item) => [
    ...outgoingOf(item),
    ...(positions.get(item) ?? []),
    ...(counted.get(item) ?? []),
  ]);
  return relay(outgoing, { ...deps, messageOf: uncaptured });
}

function outgoingOf(item: NewItem): Outgoing<string>[] {
  try {
    const records = recordsOfItem(item.raw, { at: item.at, change: item.sequenceNumber });
    return records.map((record) => ({ item, sent: writeRecord(record) }));
  } catch (error) {
    return [{ item, unreadable: error instanceof Error ? error.name : 'unknown' }];
  }
}

/** New orders that are counted at once, each by one query. */
const AT_ONCE = 20;

/** Which orders of their customers new orders are, by item. */
async function countedCustomers(
  items: readonly NewItem[],
  table: Table,
): Promise<ReadonlyMap<NewItem, readonly Outgoing<string>[]>> {
  const counted = new Map<NewItem, readonly Outgoing<string>[]>();
  const placed = items.filter(({ attributes: { listKey } }) => listKey?.startsWith(PERSON_PREFIX));
  for (let from = 0; from < placed.length; from += AT_ONCE)
    await Promise.all(
      placed.slice(from, from + AT_ONCE).map(async (item) => {
        const record = await cohortRecord(table, item.attributes, item.at);
        if (record !== undefined) counted.set(item, [{ item, sent: writeRecord(record) }]);
      }),
    );
  return counted;
}

const uncaptured = ({ attributes: { pk = '', sk = '' }, at, sequenceNumber: change }: NewItem): string =>
  writeUncaptured({ pk, sk, at, change });

/** The positions of stock that items changed, by item. */
async function positionsOf(
  items: readonly NewItem[],
  table: Table,
  clock: Clock,
): Promise<ReadonlyMap<NewItem, Outgoing<string>[]>> {
  const changed = items.flatMap((item) => changedBucketOf(item) ?? []);
  if (changed.length === 0) return new Map();
  const events = await stockEventsOf(table, changed, clock);
  return Map.groupBy(
    events.map(({ item, busEvent }) => ({ item, sent: lineOf(busEvent.detail, item.sequenceNumber) })),
    ({ item }) => item,
  );
}

const lineOf = (detail: string, change: string): string =>
  writeRecord(
    positionRecord(StockChanged.data.parse(JSON.parse(detail)) satisfies StockChangedData, { change }),
  );

/**
 * Sends what the lake keeps of an item that could not be sent, as the item is now. Throws where that fails again, so
 * that the key comes back and is parked in the end.
 */
export async function captureAgain(
  { outlet, table, clock }: CaptureDeps,
  { pk, sk, at, change }: UncapturedItem,
): Promise<void> {
  const raw = await readRaw(table, { pk, sk });
  if (raw === undefined) return log.warn('UNRELAYED_GONE', { pk, sk });
  const lines = recordsOfItem(raw, { at, change }).map(writeRecord);
  const counted = await cohortRecord(table, imageOf(raw), at);
  if (counted !== undefined) lines.push(writeRecord(counted));
  const place = placeOfStock({ pk, sk });
  if (place !== undefined) {
    const moved = { ...place, item: { pk, sk }, isByHand: true, isEmpty: false };
    const events = await stockEventsOf(table, [moved], clock);
    lines.push(...events.map(({ busEvent }) => lineOf(busEvent.detail, change)));
  }
  const [first] = await outlet.put(lines);
  if (first !== undefined) throw new Error(`not taken: ${pk} ${sk}: ${first.reason}`);
}
