import { createIndexEntries } from './index-entries.ts';
import { type Action, actionsOf, type Input, queriedKey } from './table-actions.ts';
import type { TableKeys } from './table-keys.ts';

/** DynamoDB's limits for one partition key (developer guide, "Designing partition keys"). */
export const SERVICE_LIMITS: PartitionUnits = { writeUnitsPerSecond: 1_000, readUnitsPerSecond: 3_000 };

/** The units a second that one partition key may take. A member that is left out sets no limit. */
export interface PartitionUnits {
  readonly writeUnitsPerSecond?: number | undefined;
  readonly readUnitsPerSecond?: number | undefined;
  /**
   * The units that an unused key may take at once: the units of this number of milliseconds. The default is one
   * second.
   */
  readonly burstMs?: number | undefined;
}

export interface PartitionLimit {
  /**
   * Gives the places in the request of the actions whose key is over its limit. With none, the operation may pass,
   * and its writes to the table are counted.
   */
  admit(operation: string, input: Input): readonly number[];
  /** Counts the units that a completed write takes from index partitions. */
  countWritten(operation: string, input: Input): void;
  /** Counts the units that a completed read took. */
  countRead(operation: string, input: Input, units: number): void;
}

interface Allowance {
  units: number;
  at: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/**
 * Limits the units a second of each partition key, as DynamoDB does, so that the effect of a hot key can be seen on
 * one machine. `tables` has the keys of each table and of its indexes.
 *
 * The size of a write is read from the request, so an update of a large item may count fewer units than at DynamoDB.
 * A read is counted after its answer, so the next request for a key over its limit is refused. The same holds for the
 * index entries that a write changes. Each counts one unit, in a transaction too: DynamoDB writes them after the
 * item, and it refuses writes to the table while such an index partition is over its limit.
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
    admit(operation, input) {
      const isWrite = WRITES.has(operation);
      if ((isWrite ? writeUnitsPerSecond : readUnitsPerSecond) === undefined) return [];
      const actions = actionsOf(operation, input);
      if (isWrite) return admitWrites(operation, actions);
      return actions.flatMap((action, place) => {
        const key = keyOf(action);
        return key !== undefined && read.left(key) <= 0 ? [place] : [];
      });
    },
    countWritten(operation, input) {
      if (writeUnitsPerSecond === undefined) return;
      for (const action of actionsOf(operation, input)) {
        for (const partition of entries.changedBy(action)) written.take(partition, 1);
        entries.remember(action);
      }
    },
    countRead(operation, input, units) {
      if (readUnitsPerSecond === undefined || units === 0) return;
      const keys = actionsOf(operation, input).flatMap((action) => keyOf(action) ?? []);
      for (const key of keys) read.take(key, units / keys.length);
    },
  };
}

function add(units: Map<string, number>, key: string, more: number): void {
  units.set(key, (units.get(key) ?? 0) + more);
}

/** The units that each key has left. They are refilled as time passes. */
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
