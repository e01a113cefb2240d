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
import type { Table } from '../clients.ts';
import { backOff, isThrottled, type TransactItem } from '../transaction.ts';
import {
  bucketItem,
  type ChangedBy,
  countersOf,
  type Layout,
  layoutOf,
  look,
  readMain,
  unwrapped,
} from './buckets.ts';
import type { StockHints } from './hints.ts';
import { isLeased } from './lease.ts';

/** With what units are looked for. */
export interface Search {
  readonly table: Table;
  readonly random: Random;
  readonly hints: StockHints;
  readonly now: Instant;
}

/** One change of a transaction, and the buckets that its units come from. */
export interface Line {
  readonly change: StockChange;
  /** What is taken from buckets of our choice; undefined where the change only adds, or is on the first alone. */
  readonly chosen: ReturnType<typeof neededOf>;
  takes: readonly Take[];
  /** Undefined while the place is believed to have one bucket. */
  layout: Layout | undefined;
  /** What the buckets held when they were last looked at. */
  held: readonly number[] | undefined;
  readonly avoided: Set<number>;
  /** How often it met others who were writing the same bucket. */
  conflicts: number;
}

/** `unclear`: units are being moved between the buckets, so that a shortage can't be told yet. */
export type Found = 'found' | 'short' | 'unclear';

/** While units are being moved, a shortage is not believed: so often it is looked at again. */
const MAX_LOOKS = 8;

/** Chooses a bucket by what is remembered of the place: its only one, or a random one. */
export async function beginLine(change: StockChange, search: Search): Promise<Line> {
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
  };
  const belief = chosen === undefined ? undefined : search.hints.of(change, search.now);
  if (belief === undefined) return line;
  line.layout = belief.layout;
  if (belief.isOld) await learnLayout(line, search);
  const seen =
    chosen?.counter === 'available' && belief.available !== undefined
      ? planTakes(belief.available, units, search.random)
      : undefined;
  // Units that seem to be in no bucket by themselves may have come back to one: that is found out by trying.
  if (seen?.length === 1) line.takes = seen;
  else chooseBlindly(line, search);
  return line;
}

/** The updates of the line, each with the bucket that it is of. */
export function lineItems(
  tableName: string,
  line: Line,
  by: ChangedBy,
): { bucket: number; item: TransactItem }[] {
  const { change, takes, layout, chosen } = line;
  const { sku, warehouseId } = change;
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
    });
    return { bucket, item };
  });
}

/** Looks elsewhere after a bucket was refused, shown as it is. */
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
  // After a sale is over thousands are refused a second: not each of them reads all buckets.
  const isGone = chosen.counter === 'available' && search.hints.isGone(change, chosen.quantity, search.now);
  return isGone ? 'short' : findUnits(line, search);
}

/** Goes to another bucket than the one that others were writing. */
export async function avoidBucket(line: Line, search: Search): Promise<void> {
  if (line.chosen === undefined) return;
  if (line.layout === undefined) await learnLayout(line, search);
  const { held, chosen, avoided } = line;
  const again = held === undefined ? undefined : planTakes(held, chosen.quantity, search.random, avoided);
  if (again === undefined) chooseBlindly(line, search);
  else line.takes = again;
}

/** Looks at all buckets: finds out which hold the units, or that all together do not. */
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
  // Units that moved meanwhile may have been seen in neither bucket.
  const after = await readMain(table, change);
  const then = after === undefined ? undefined : layoutOf(after);
  const isStill = then?.epoch === sight.layout.epoch && !isLeased(then, now) && !isLeased(sight.layout, now);
  if (!isStill) return 'unclear';
  search.hints.sawAll(
    change,
    available.reduce((sum, units) => sum + units, 0),
    now,
  );
  return 'short';
}

/** Undefined when too many read it: all buyers of a place read its first bucket. */
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
