import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../kernel/time.ts';
import {
  chooseBucket,
  neededOf,
  planTakes,
  type Random,
  type StockChange,
  splitChange,
  type Take,
  unitsOf,
} from '../../stock/index.ts';
import { backOff } from '../back-off.ts';
import { isThrottled } from '../busy.ts';
import type { Table } from '../clients.ts';
import type { TransactItem } from '../transaction.ts';
import {
  bucketItem,
  type ChangedBy,
  countersOf,
  type Layout,
  layoutOf,
  look,
  MAX_TAKERS,
  readMain,
  type Sight,
  takersOf,
  takersRecord,
  unwrapped,
} from './buckets.ts';
import type { StockHints } from './hints.ts';
import { isLeased } from './lease.ts';

/** The tools of the search for units. */
export interface Search {
  readonly table: Table;
  readonly random: Random;
  readonly hints: StockHints;
  readonly now: Instant;
}

/** One change of a transaction, and the buckets that its units come from. */
export interface Line {
  readonly change: StockChange;
  /**
   * The units to take from buckets of our choice; undefined if the change only adds, or concerns only the first bucket.
   */
  readonly chosen: ReturnType<typeof neededOf>;
  takes: readonly Take[];
  /** Undefined while we assume that the place has one bucket. */
  layout: Layout | undefined;
  /** The units of the buckets at the last look. */
  held: readonly number[] | undefined;
  readonly avoided: Set<number>;
  /** How often another transaction was writing the same bucket. */
  conflicts: number;
  /** The order that the first of its buckets has to remember; undefined if none has to. */
  readonly orderId: string | undefined;
  /** The orders of the buckets that remember as many as they may. */
  readonly full: Map<number, readonly string[]>;
}

/** `unclear`: units are being moved between the buckets, so a shortage is not certain yet. */
export type Found = 'found' | 'short' | 'unclear';

/** While units are being moved, a shortage is checked again up to this number of times. */
const MAX_LOOKS = 8;

/** Chooses a bucket by the hints about the place: its only one, or a random one. */
export async function beginLine(
  change: StockChange,
  search: Search,
  orderId: string | undefined,
): Promise<Line> {
  const units = unitsOf(change);
  const chosen = change.onMain ? undefined : neededOf(change);
  const line: Line = {
    change,
    chosen,
    layout: undefined,
    held: undefined,
    conflicts: 0,
    takes: [{ bucket: 0, quantity: units }],
    avoided: new Set(),
    orderId,
    full: new Map(),
  };
  const belief = chosen === undefined ? undefined : search.hints.of(change, search.now);
  if (belief === undefined) return line;
  line.layout = belief.layout;
  if (belief.isOld) await learnLayout(line, search);
  const seen =
    chosen?.counter === 'available' && belief.available !== undefined
      ? planTakes(belief.available, units, search.random)
      : undefined;
  // All buckets seem to be empty, but units may have come back to the only one: the transaction finds out.
  if (seen?.length === 1) line.takes = seen;
  else chooseBlindly(line, search);
  return line;
}

/** The updates of the line, each with its bucket. `files`: whether its record of orders is in the transaction. */
export function lineItems(
  tableName: string,
  line: Line,
  { by, files }: { readonly by: ChangedBy; readonly files: boolean },
): { bucket: number; item: TransactItem }[] {
  const { change, takes, layout, chosen, orderId } = line;
  const { sku, warehouseId } = change;
  const full = fullFirst(line);
  const counter = neededOf(change)?.counter;
  return splitChange(change, takes).map(({ bucket, counters }, at) => {
    const item = bucketItem(tableName, {
      sku,
      warehouseId,
      bucket,
      counters,
      by,
      needed: counter === undefined ? undefined : { counter, quantity: takes[at]?.quantity ?? 0 },
      onlyWhenAlone: chosen !== undefined && layout === undefined,
      taker:
        orderId === undefined || at > 0
          ? undefined
          : {
              orderId,
              ...(files && full !== undefined ? { filed: full } : {}),
              isForced: full !== undefined,
            },
    });
    return { bucket, item };
  });
}

/** The orders of the line's first bucket, if it remembers as many as it may. */
const fullFirst = ({ takes, full }: Line): readonly string[] | undefined => full.get(takes[0]?.bucket ?? 0);

/** The record of the orders that the line's first bucket remembers, with the line's own; undefined if none is due. */
export function filing(tableName: string, line: Line): TransactItem | undefined {
  const { change, takes, orderId } = line;
  const full = fullFirst(line);
  if (orderId === undefined || full === undefined) return undefined;
  return takersRecord(tableName, { sku: change.sku, bucket: takes[0]?.bucket ?? 0, orderId, others: full });
}

/**
 * Whether a bucket refused only because of the orders that it remembers: too many, or no more those that were to be
 * filed. It has the units, so the next attempt asks it again.
 */
export function isFullOnly(
  line: Line,
  { bucket, item }: { readonly bucket: number; readonly item: Record<string, unknown> | undefined },
): boolean {
  const { chosen, orderId, takes, layout, full } = line;
  const [first] = takes;
  if (orderId === undefined || chosen === undefined || item === undefined || first?.bucket !== bucket)
    return false;
  const takers = takersOf(item);
  if (takers.length < MAX_TAKERS) full.delete(bucket);
  else full.set(bucket, takers);
  const known = unwrapped(item);
  const isOnlyBucket = layout !== undefined || layoutOf(known).buckets === 1;
  return isOnlyBucket && countersOf(known)[chosen.counter] >= first.quantity;
}

/** Searches elsewhere after a bucket refused; the refusal contains the bucket as it is. */
export async function searchAfterRefusal(
  line: Line,
  refused: { readonly bucket: number; readonly item: Record<string, unknown> | undefined },
  search: Search,
): Promise<Found> {
  const { chosen } = line;
  if (chosen === undefined) return 'short';
  if (line.layout === undefined && refused.bucket === 0) {
    if (refused.item === undefined) return 'short';
    const main = unwrapped(refused.item);
    const layout = layoutOf(main);
    if (layout.spread === 1) return countersOf(main)[chosen.counter] < chosen.quantity ? 'short' : 'found';
    learn(line, layout, search);
    if (layout.buckets > 1) {
      chooseBlindly(line, search);
      return 'found';
    }
  }
  const { change } = line;
  // When everything is sold, thousands are refused a second: they must not all read all buckets.
  const isGone = chosen.counter === 'available' && search.hints.isGone(change, chosen.quantity, search.now);
  return isGone ? 'short' : findUnits(line, search);
}

/** Chooses another bucket than the one that others were writing. */
export async function avoidBucket(line: Line, search: Search): Promise<void> {
  if (line.chosen === undefined) return;
  if (line.layout === undefined) await learnLayout(line, search);
  const { held, chosen, avoided } = line;
  const again = held === undefined ? undefined : planTakes(held, chosen.quantity, search.random, avoided);
  if (again === undefined) chooseBlindly(line, search);
  else line.takes = again;
}

/** Reads all buckets and chooses those with enough units, or finds that all together lack them. */
export async function findUnits(line: Line, search: Search): Promise<Found> {
  for (let attempt = 0; attempt < MAX_LOOKS; attempt += 1) {
    const found = await unlessThrottled(() => lookOnce(line, search));
    if (found !== 'unclear' && found !== undefined) return found;
    await backOff(attempt);
  }
  return 'unclear';
}

async function lookOnce(line: Line, search: Search): Promise<Found> {
  const { change, chosen } = line;
  const { table, random, now } = search;
  if (chosen === undefined) return 'found';
  const sight = await look(table, change);
  if (sight === undefined) return 'short';
  const available = sight.each.map((counters) => counters.available);
  learn(line, sight.layout, search, available);
  line.held = sight.each.map((counters) => counters[chosen.counter]);
  const takes = planTakes(line.held, chosen.quantity, random, line.avoided);
  if (takes !== undefined) {
    line.takes = takes;
    return 'found';
  }
  if (sight.layout.spread === 1) return 'short';
  // Other orders move reserved units between buckets, because they reserve in one bucket and release in another. A
  // shortage is certain only if no bucket changed between two reads.
  if (chosen.counter === 'reserved') return (await isUnchanged(table, change, sight)) ? 'short' : 'unclear';
  // Units that moved during the read may be missing in both buckets.
  const after = await readMain(table, change);
  const then = after === undefined ? undefined : layoutOf(after);
  const isStill = then?.epoch === sight.layout.epoch && !isLeased(then, now) && !isLeased(sight.layout, now);
  if (!isStill) return 'unclear';
  search.hints.rememberTotal(
    change,
    available.reduce((sum, units) => sum + units, 0),
    now,
  );
  return 'short';
}

async function isUnchanged(table: Table, change: StockChange, before: Sight): Promise<boolean> {
  const after = await look(table, change);
  return isDeepStrictEqual(after?.changeCounts, before.changeCounts);
}

/** Undefined when there are too many readers: all buyers of a place read its first bucket. */
async function unlessThrottled<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isThrottled(error)) throw error;
    return undefined;
  }
}

async function learnLayout(line: Line, search: Search): Promise<void> {
  const main = await unlessThrottled(() => readMain(search.table, line.change));
  if (main === undefined) return;
  learn(line, layoutOf(main), search);
}

function learn(line: Line, layout: Layout, { hints, now }: Search, available?: readonly number[]): void {
  line.layout = layout.spread > 1 ? layout : undefined;
  hints.learn(line.change, layout, now, available);
}

function chooseBlindly(line: Line, { random }: Search): void {
  const bucket = chooseBucket(line.layout?.buckets ?? 1, random, line.avoided);
  line.takes = [{ bucket, quantity: unitsOf(line.change) }];
}
