import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An item as the engine stores it. */
export interface StoredItem {
  /** JSON of the item, as an answer holds it. */
  readonly json: string;
  /** The size in bytes by which the item is billed. */
  readonly bytes: number;
}

/** The part of the table engine's file that holds the items. */
export interface ItemStore {
  /** The item with these keys, both of them text; undefined if there is none. Throws an Error without the table. */
  find(tableName: string, partitionKey: string, sortKey: string): StoredItem | undefined;
  close(): void;
}

/**
 * Opens the items in the file of the native engine, to read them while the engine runs. A write is found as soon as the
 * engine has answered it: the file has a write-ahead log, in which readers see what is committed and wait for nobody.
 */
export function openItemStore(file: string): ItemStore {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const statements = new Map<string, StatementSync>();

  function statementFor(tableName: string): StatementSync {
    let statement = statements.get(tableName);
    if (statement === undefined) {
      const table = `"${tableName.replaceAll('"', '""')}"`;
      statement = database.prepare(
        `SELECT item_json AS json, item_size AS bytes FROM ${table} WHERE pk = ? AND sk = ?`,
      );
      statements.set(tableName, statement);
    }
    return statement;
  }

  return {
    // The engine writes the type of a key before it.
    find: (tableName, partitionKey, sortKey) =>
      statementFor(tableName).get(`S:${partitionKey}`, `S:${sortKey}`) as StoredItem | undefined,
    close: () => database.close(),
  };
}
