import { type Instant, secondMs } from '../kernel/time.ts';
import {
  chooseBucket,
  neededOf,
  placeKey,
  planTakes,
  type Random,
  type StockChange,
  type StockPlace,
  splitChange,
  type Take,
  unitsOf,
} from '../stock/index.ts';
import type { Table } from './clients.ts';
import { bucketItem, countersOf, type Layout, layoutOf, look, readMain, unwrapped } from './stock-buckets.ts';
import { createDemandTally, noteDemand } from './stock-demand.ts';
import { isLeased } from './stock-lease.ts';
import { backOff, type TransactItem } from './transaction.ts';

type Item = Record<string, unknown>;

export interface StockTakingOptions {
  readonly table: Table;
  readonly random: Random;
  /** Brings units of a place together in one bucket. */
  readonly gather: (place: StockPlace, quantity: number) => Promise<unknown>;
}

export interface TakingOptions {
  readonly now: Instant;
  /** How many items of the transaction are left for stock. */
  readonly room: number;
  /** Whether these are buyers, whose crowding decides how many buckets there are. */
  readonly counted?: boolean;
}

/** From which buckets the units of a transaction's changes come, chosen anew after each refusal. */
export interface Taking {
  /** The updates to write, one a bucket; undefined while they do not fit the room, because others move units too. */
  items(): Promise<TransactItem[] | undefined>;
  /** The first bucket that each place's units come from. */
  firstBuckets(): ReadonlyMap<string, number>;
  /** Looks for the units elsewhere. Gives the places that do not hold them in all; empty: try again. */
  refused(
    failed: readonly { readonly index: number; readonly item: Item | undefined }[],
  ): Promise<StockPlace[]>;
  /** Goes to other buckets than those that others were writing. */
  contended(indexes: readonly number[]): Promise<void>;
  /** To be called when the transaction was written. */
  done(): Promise<void>;
}

interface Line {
  readonly change: StockChange;
  readonly needed: ReturnType<typeof neededOf>;
  layout: Layout | undefined;
  takes: readonly Take[];
  /** What the buckets held when they were last looked at. */
  held: readonly number[] | undefined;
  readonly avoided: Set<number>;
  conflicts: number;
}

/** What a container remembers of a place with several buckets. */
interface Belief {
  readonly layout: Layout;
  readonly readAtMs: number;
  /** What could be sold from each when they were last looked at, less what was taken since from here. */
  readonly available: number[] | undefined;
}

/** How long a bucket that was seen empty is passed by. */
const PASSED_BY_MS = 2 * secondMs;
/** How long a container believes that a place has several buckets without looking again. */
const BELIEVED_MS = 30 * secondMs;
const MOST_BELIEVED = 1_000;
/** While units are being moved between buckets, a shortage is not believed; so often it is looked at again. */
const MOST_LOOKS = 10;

/**
 * Takes units from buckets. A place of one bucket costs one update and no read. That a place has more is learned from
 * the refusal of that update, and remembered: then a random bucket is taken, and after a refusal all are looked at,
 * which costs less than another refused transaction.
 */
export function createStockTaking({ table, random, gather }: StockTakingOptions) {
  const layouts = new Map<string, Belief>();
  const tally = createDemandTally((place, met, now) => noteDemand(table, place, met, now));

  function learn(line: Line, layout: Layout, now: Instant, available?: number[]): void {
    line.layout = layout.spread > 1 ? layout : undefined;
    const key = placeKey(line.change);
    if (layout.spread === 1) layouts.delete(key);
    else {
      if (layouts.size >= MOST_BELIEVED) layouts.clear();
      layouts.set(key, { layout, readAtMs: Date.parse(now), available });
    }
  }

  async function begin(change: StockChange, now: Instant): Promise<Line> {
    const needed = neededOf(change);
    const units = unitsOf(change);
    const line: Line = {
      ...{ change, needed, layout: undefined, held: undefined, conflicts: 0 },
      takes: [{ bucket: 0, quantity: units }],
      avoided: new Set(),
    };
    if (needed === undefined || change.onMain) return line;
    const believed = layouts.get(placeKey(change));
    if (believed === undefined) return line;
    line.layout = believed.layout;
    const ageMs = Date.parse(now) - believed.readAtMs;
    if (ageMs >= BELIEVED_MS) await readLayout(line, now);
    const { available } = believed;
    const seen =
      needed.counter === 'available' && available !== undefined && ageMs < PASSED_BY_MS
        ? planTakes(available, units, random)
        : undefined;
    // Units that seem to be in no bucket by themselves may have come back to one: that is found out by trying.
    if (seen?.length === 1) line.takes = seen;
    else chooseBlindly(line);
    return line;
  }

  async function readLayout(line: Line, now: Instant): Promise<void> {
    const main = await readMain(table, line.change);
    if (main !== undefined) learn(line, layoutOf(main), now);
  }

  function chooseBlindly(line: Line): void {
    const buckets = line.layout?.buckets ?? 1;
    line.takes = [{ bucket: chooseBucket(buckets, random, line.avoided), quantity: unitsOf(line.change) }];
  }

  /** Whether the place holds the units: finds out where, or that it does not. */
  async function find(line: Line, now: Instant): Promise<boolean> {
    const { change, needed } = line;
    if (needed === undefined) return true;
    for (let attempt = 0; attempt < MOST_LOOKS; attempt += 1) {
      const sight = await look(table, change);
      if (sight === undefined) return false;
      const available = sight.each.map((counters) => counters.available);
      learn(line, sight.layout, now, available);
      line.held = sight.each.map((counters) => counters[needed.counter]);
      const takes = planTakes(line.held, needed.quantity, random, line.avoided);
      if (takes !== undefined) {
        line.takes = takes;
        return true;
      }
      if (sight.layout.spread === 1) return false;
      // Units that moved meanwhile may have been seen in neither bucket.
      const after = await readMain(table, change);
      const then = after === undefined ? undefined : layoutOf(after);
      if (then?.epoch === sight.layout.epoch && !isLeased(sight.layout, now) && !isLeased(then, now))
        return false;
      await backOff(attempt);
    }
    return true;
  }

  async function afterRefusal(
    line: Line,
    bucket: number,
    item: Item | undefined,
    now: Instant,
  ): Promise<boolean> {
    const { needed, change } = line;
    if (needed === undefined) return true;
    if (change.onMain) return false;
    if (line.layout === undefined && bucket === 0) {
      if (item === undefined) return false;
      const main = unwrapped(item);
      const layout = layoutOf(main);
      if (layout.spread === 1) return countersOf(main)[needed.counter] >= needed.quantity;
      learn(line, layout, now);
      if (layout.buckets > 1) {
        chooseBlindly(line);
        return true;
      }
    }
    return find(line, now);
  }

  return async function take(changes: readonly StockChange[], options: TakingOptions): Promise<Taking> {
    const { now, room, counted = false } = options;
    const lines = await Promise.all(changes.map((change) => begin(change, now)));
    let owners: { readonly line: Line; readonly bucket: number }[] = [];

    async function fits(): Promise<boolean> {
      for (let attempt = 0; attempt < lines.length; attempt += 1) {
        const count = lines.reduce((sum, { takes }) => sum + takes.length, 0);
        const widest = lines.reduce((a, b) => (b.takes.length > a.takes.length ? b : a), lines[0] as Line);
        if (count <= room) return true;
        if (widest.takes.length === 1) return false;
        await gather(widest.change, unitsOf(widest.change));
        if (!(await find(widest, now))) return false;
      }
      return lines.reduce((sum, { takes }) => sum + takes.length, 0) <= room;
    }

    return {
      async items() {
        if (lines.length > 0 && !(await fits())) return undefined;
        owners = [];
        return lines.flatMap((line) =>
          splitChange(line.change, line.takes).map(({ bucket, counters }, at) => {
            owners.push({ line, bucket });
            const quantity = line.takes[at]?.quantity ?? 0;
            return bucketItem(table.name, {
              ...{ sku: line.change.sku, warehouseId: line.change.warehouseId, bucket, counters },
              needed: line.needed === undefined ? undefined : { counter: line.needed.counter, quantity },
              onlyWhenAlone: line.needed !== undefined && !line.change.onMain && line.layout === undefined,
            });
          }),
        );
      },

      firstBuckets: () =>
        new Map(lines.map(({ change, takes }) => [placeKey(change), takes[0]?.bucket ?? 0] as const)),

      async refused(failed) {
        const refusals = failed.flatMap(({ index, item }) => {
          const owner = owners[index];
          return owner === undefined ? [] : [{ ...owner, item }];
        });
        const first = [...new Map(refusals.toReversed().map((refusal) => [refusal.line, refusal])).values()];
        const found = await Promise.all(
          first.map(({ line, bucket, item }) => afterRefusal(line, bucket, item, now)),
        );
        const short = new Set(first.filter((_, index) => found[index] === false).map(({ line }) => line));
        return lines.filter((line) => short.has(line)).map(({ change }) => change);
      },

      async contended(indexes) {
        for (const index of indexes) {
          const owner = owners[index];
          if (owner === undefined) continue;
          owner.line.conflicts += 1;
          owner.line.avoided.add(owner.bucket);
        }
        const met = [...new Set(indexes.flatMap((index) => owners[index]?.line ?? []))];
        await Promise.all(
          met.map(async (line) => {
            if (line.needed === undefined || line.change.onMain) return;
            if (line.layout === undefined) await readLayout(line, now);
            const again =
              line.held === undefined
                ? undefined
                : planTakes(line.held, line.needed.quantity, random, line.avoided);
            if (again === undefined) chooseBlindly(line);
            else line.takes = again;
          }),
        );
      },

      async done() {
        for (const { change, needed, takes } of lines) {
          const available = layouts.get(placeKey(change))?.available;
          if (available === undefined || needed?.counter !== 'available') continue;
          for (const { bucket, quantity } of takes) available[bucket] = (available[bucket] ?? 0) - quantity;
        }
        if (!counted) return;
        for (const { change, conflicts } of lines) await tally.count(change, conflicts, now);
      },
    };
  };
}

export type StockTaker = ReturnType<typeof createStockTaking>;
