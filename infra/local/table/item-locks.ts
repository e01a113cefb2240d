import { type Action, actionsOf, type Input } from './table-actions.ts';
import type { TableKeys } from './table-keys.ts';

/** What a request is given on its way to the engine. */
interface Passage {
  /** The places of the actions that meet a transaction on the same item. None: the request may pass. */
  readonly met: readonly number[];
  /** Call it when the engine answered, whatever it answered. */
  leave(): void;
}

/** Knows which items transactions are writing at this moment. */
export interface ItemLocks {
  enter(operation: string, input: Input): Passage;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'TransactGetItems']);
const FREE: Passage = { met: [], leave: () => undefined };

/**
 * Refuses what DynamoDB refuses while a transaction writes an item: a single write of the item, another transaction
 * with it, and a transaction that reads it (developer guide, "Amazon DynamoDB Transactions: How it works", Transaction
 * conflict handling). The engine writes one request after the other, so that it never refuses any of them itself.
 */
export function createItemLocks(tables: ReadonlyMap<string, TableKeys>): ItemLocks {
  const locked = new Set<string>();
  return {
    enter(operation, input) {
      if (!WRITES.has(operation)) return FREE;
      const names = actionsOf(operation, input).map((action) => nameOf(action, tables));
      const met = names.flatMap((name, place) => (name !== undefined && locked.has(name) ? [place] : []));
      if (met.length > 0 || operation !== 'TransactWriteItems') return { met, leave: FREE.leave };
      const own = names.filter((name) => name !== undefined);
      for (const name of own) locked.add(name);
      return {
        met: [],
        leave: () => {
          for (const name of own) locked.delete(name);
        },
      };
    },
  };
}

/** The item of an action, by its table and both keys. */
function nameOf(action: Action, tables: ReadonlyMap<string, TableKeys>): string | undefined {
  const keys = tables.get(action.TableName);
  const values = action.Key ?? action.Item;
  if (keys === undefined || values === undefined) return undefined;
  const sort = keys.sortKey === undefined ? undefined : values[keys.sortKey];
  return `${action.TableName}/${JSON.stringify(values[keys.partitionKey])}/${JSON.stringify(sort)}`;
}
