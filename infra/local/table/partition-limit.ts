import { createIndexEntries } from './index-entries.ts';
import { type Action, actionsOf, queriedKey } from './table-actions.ts';
import type { TableKeys } from './table-keys.ts';

/** What DynamoDB gives one partition key a second (developer guide, "Designing partition keys"). */
export const SERVICE_LIMITS: PartitionUnits = { writeUnitsPerSecond: 1_000, readUnitsPerSecond: 3_000 };

/** Units a second that one partition key may take; no limit where one is left out. */
export interface PartitionUnits {
  readonly writeUnitsPerSecond?: number | undefined;
  readonly readUnitsPerSecond?: number | undefined;
  /** The units that a rested key may take at once, as the units of this many milliseconds; of a second if absent. */
  readonly burstMs?: number | undefined;
}

export interface PartitionLimit {
  /**
   * Which of the actions of an operation meet a key that is over its limit, by their place in the request; none:
   * the operation may pass, and what it writes to the table is counted.
   */
  admit(operation: string, body: Buffer): readonly number[];
  /** Counts what a write that was done takes from the partitions of indexes. */
  countWritten(operation: string, body: Buffer): void;
  /** Counts what a read took, once it is known. */
  countRead(operation: string, body: Buffer, units: number): void;
}

interface Allowance {
  units: number;
  at: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/**
 * Limits what each partition key takes to a number of units a second, as DynamoDB does, so that the cost of a hot key
 * shows on one machine too. `tables` gives the keys of each table and of its indexes.
 *
 * Sizes of writes are taken from the request, so an update counts at least one unit for an item that may be larger.
 * Reads are counted after they were answered: a key that was read over its limit refuses the next one. So are the
 * entries that a write changes in indexes, one unit each and no more in a transaction: DynamoDB writes them after the
 * item, and refuses writes to the table while an index partition that they go to is behind.
 */
export function createPartitionLimit(
  { writeUnitsPerSecond, readUnitsPerSecond, burstMs = 1_000 }: PartitionUnits,
  tables: ReadonlyMap<string, TableKeys>,
  now: () => number,
): PartitionLimit {
  const written = createAllowances(writeUnitsPerSecond, burstMs, now);
  const read = createAllowances(readUnitsPerSecond, burstMs, now);
  const entries = createIndexEntries(tables);

  const keyOf = (action: Action): string | undefined => {
    const { TableName, IndexName = '' } = action;
    const name = tables.get(TableName)?.partitionKey;
    const value = (action.Item ?? action.Key)?.[name ?? ''] ?? queriedKey(action, name);
    return value === undefined ? undefined : `${TableName}/${IndexName}/${JSON.stringify(value)}`;
  };

  function admitWrites(operation: string, actions: readonly Action[]): number[] {
    const factor = operation === 'TransactWriteItems' ? 2 : 1;
    const toTable = new Map<string, number>();
    const toIndexes = new Map<string, number>();
    const touched = actions.map((action) => {
      const key = keyOf(action);
      if (key === undefined) return [];
      const bytes = Buffer.byteLength(JSON.stringify(action.Item ?? action.Key));
      add(toTable, key, Math.max(1, Math.ceil(bytes / 1024)) * factor);
      const changed = entries.changedBy(action);
      for (const partition of changed) add(toIndexes, partition, 1);
      return [key, ...changed];
    });
    const isOver = ([key, units]: readonly [string, number]) => written.left(key) < units;
    const over = new Set([...toTable, ...toIndexes].filter(isOver).map(([key]) => key));
    if (over.size === 0) for (const [key, units] of toTable) written.take(key, units);
    return touched.flatMap((keys, place) => (keys.some((key) => over.has(key)) ? [place] : []));
  }

  return {
    admit(operation, body) {
      const isWrite = WRITES.has(operation);
      if ((isWrite ? writeUnitsPerSecond : readUnitsPerSecond) === undefined) return [];
      const actions = actionsOf(operation, JSON.parse(body.toString()));
      if (isWrite) return admitWrites(operation, actions);
      return actions.flatMap((action, place) => {
        const key = keyOf(action);
        return key !== undefined && read.left(key) <= 0 ? [place] : [];
      });
    },
    countWritten(operation, body) {
      if (writeUnitsPerSecond === undefined) return;
      for (const action of actionsOf(operation, JSON.parse(body.toString()))) {
        for (const partition of entries.changedBy(action)) written.take(partition, 1);
        entries.remember(action);
      }
    },
    countRead(operation, body, units) {
      if (readUnitsPerSecond === undefined || units === 0) return;
      const keys = actionsOf(operation, JSON.parse(body.toString())).flatMap((action) => keyOf(action) ?? []);
      for (const key of keys) read.take(key, units / keys.length);
    },
  };
}

function add(units: Map<string, number>, key: string, more: number): void {
  units.set(key, (units.get(key) ?? 0) + more);
}

/** Units that keys have left, filled up again as time goes by. */
function createAllowances(unitsPerSecond = 0, burstMs: number, now: () => number) {
  const max = (unitsPerSecond * burstMs) / 1000;
  const allowances = new Map<string, Allowance>();
  const refilled = (key: string): Allowance => {
    const at = now();
    const allowance = allowances.get(key) ?? { units: max, at };
    allowance.units = Math.min(max, allowance.units + ((at - allowance.at) / 1000) * unitsPerSecond);
    allowance.at = at;
    allowances.set(key, allowance);
    return allowance;
  };
  return {
    left: (key: string) => refilled(key).units,
    take: (key: string, units: number) => {
      refilled(key).units -= units;
    },
  };
}
