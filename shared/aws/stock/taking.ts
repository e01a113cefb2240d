import type { Instant } from '../../kernel/time.ts';
import type { NeededUnits, Random, StockChange, StockPlace } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import type { TransactItem } from '../transaction.ts';
import { createDemandTally, noteDemand } from './demand.ts';
import { createStockHints } from './hints.ts';
import {
  avoidBucket,
  beginLine,
  filing,
  findUnits,
  isFullOnly,
  type Line,
  lineItems,
  type Search,
  searchAfterRefusal,
} from './line.ts';

export interface StockTakingOptions {
  readonly table: Table;
  readonly random: Random;
  /** Gathers units of a place in one bucket. */
  readonly gather: (place: StockPlace, wanted: NeededUnits) => Promise<unknown>;
}

export interface TakingOptions {
  readonly now: Instant;
  /** How many more items the transaction takes for stock. */
  readonly room: number;
  readonly by: 'order' | 'hand';
  /** Whether these are buyers: their conflicts decide the number of buckets. */
  readonly counted?: boolean;
  /** The order that takes the units for the first time: a bucket of each SKU has to remember it. */
  readonly orderId?: string;
}

/** A refused item of the transaction, by its place among those of the stock, with its present content. */
interface RefusedItem {
  readonly index: number;
  readonly item: Record<string, unknown> | undefined;
}

interface Searched {
  /** Places whose buckets together hold too few units. Empty: try again. */
  readonly short: readonly StockPlace[];
  /** Units are being moved between the buckets of a place, so the result is not certain yet. */
  readonly isUnclear: boolean;
}

/** The buckets that the units of a transaction's changes come from, chosen again after each refusal. */
export interface Taking {
  /**
   * The updates to write, one per bucket, and after them the records of the orders that buckets remember; undefined
   * while the updates don't fit the room, because other processes move units too.
   */
  items(): Promise<TransactItem[] | undefined>;
  /** Looks for the units elsewhere. */
  refused(failed: readonly RefusedItem[]): Promise<Searched>;
  /** Chooses other buckets than those that others were writing. */
  contended(indexes: readonly number[]): Promise<void>;
  /** Call it when the transaction was written. */
  done(): Promise<void>;
}

export type TakeStock = (changes: readonly StockChange[], options: TakingOptions) => Promise<Taking>;

/**
 * Takes units from buckets. A place with one bucket costs one update and no read. If a place has more, that update is
 * refused, and the container remembers it. From then on it takes a random bucket. After a refusal it reads all buckets,
 * which costs less than another refused transaction.
 */
export function createStockTaking({ table, random, gather }: StockTakingOptions): TakeStock {
  const hints = createStockHints();
  const tally = createDemandTally((place, met, now) => noteDemand(table, place, met, now));
  return async (changes, { now, room, by, counted = false, orderId }) => {
    const search: Search = { table, random, hints, now };
    const firstOfSku = new Map(changes.toReversed().map((change) => [change.sku, change]));
    const lines = await Promise.all(
      changes.map((change) =>
        beginLine(change, search, firstOfSku.get(change.sku) === change ? orderId : undefined),
      ),
    );
    let owners: { readonly line: Line; readonly bucket: number }[] = [];
    return {
      async items() {
        if (!(await fitRoom(lines, { room, gather, search }))) return undefined;
        const filed = filings(table.name, lines, room);
        const parts = lines.flatMap((line) =>
          lineItems(table.name, line, { by, files: filed.has(line) }).map((part) => ({ line, ...part })),
        );
        owners = parts;
        return [...parts.map(({ item }) => item), ...filed.values()];
      },

      async refused(failed) {
        const first = new Map<Line, { bucket: number; item: RefusedItem['item'] }>();
        for (const { index, item } of failed) {
          const owner = owners[index];
          if (owner !== undefined && !first.has(owner.line))
            first.set(owner.line, { bucket: owner.bucket, item });
        }
        const found = await Promise.all(
          [...first].map(async ([line, refusal]) => ({
            line,
            found: isFullOnly(line, refusal) ? 'found' : await searchAfterRefusal(line, refusal, search),
          })),
        );
        return {
          short: found.flatMap(({ line, found: how }) => (how === 'short' ? [line.change] : [])),
          isUnclear: found.some(({ found: how }) => how === 'unclear'),
        };
      },

      async contended(indexes) {
        const met = new Set<Line>();
        for (const index of indexes) {
          const owner = owners[index];
          if (owner === undefined) continue;
          owner.line.conflicts += 1;
          owner.line.avoided.add(owner.bucket);
          met.add(owner.line);
        }
        await Promise.all([...met].map((line) => avoidBucket(line, search)));
      },

      async done() {
        for (const { change, chosen, takes } of lines)
          if (chosen?.counter === 'available') hints.took(change, takes);
        if (!counted) return;
        for (const { change, conflicts } of lines) await tally.count(change, conflicts, now);
      },
    };
  };
}

/** The records that are due, by line, as far as there is room beside the updates. */
function filings(tableName: string, lines: readonly Line[], room: number): ReadonlyMap<Line, TransactItem> {
  const spare = room - lines.reduce((sum, { takes }) => sum + takes.length, 0);
  const due = lines.flatMap((line) => {
    const record = filing(tableName, line);
    return record === undefined ? [] : [[line, record] as const];
  });
  return new Map(due.slice(0, spare));
}

/** Whether the updates fit. Until they do, the units of the lines with the most buckets are gathered. */
async function fitRoom(
  lines: readonly Line[],
  { room, gather, search }: Pick<StockTakingOptions, 'gather'> & { room: number; search: Search },
): Promise<boolean> {
  const count = () => lines.reduce((sum, { takes }) => sum + takes.length, 0);
  for (let attempt = 0; attempt < lines.length && count() > room; attempt += 1) {
    const [widest] = lines.toSorted((a, b) => b.takes.length - a.takes.length);
    if (widest?.chosen === undefined || widest.takes.length === 1) return false;
    await gather(widest.change, widest.chosen);
    if ((await findUnits(widest, search)) !== 'found') return false;
  }
  return count() <= room;
}
