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
  /**
   * Does some work in one transaction of the file. Nothing of it is kept when the work throws. The engine writes
   * nothing meanwhile.
   */
  atomically<Result>(work: () => Result): Result;
  /** A statement of the engine's file, prepared once. */
  statement(sql: string): StatementSync;
  close(): void;
}

/** How many pages of 4 KB are written before they are moved from the write-ahead log to their places. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the items in the file of the native engine, to read and write them while the engine runs. The file has a
 * write-ahead log, in which a reader sees what is committed and waits for nobody. A writer waits for the other one, and
 * this process with it, for at most five seconds. A write of the engine is found
 * here as soon as the engine has answered it, and the engine finds a write of here in its next request.
 *
 * The engine waits for the disk at each commit. A commit of here does not: it is whole and stays whatever happens to
 * the processes, and only a machine that loses its power may lose the latest ones.
 */
export function openItemStore(file: string): ItemStore {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  const statements = new Map<string, StatementSync>();

  function statement(sql: string): StatementSync {
    let prepared = statements.get(sql);
    if (prepared === undefined) {
      prepared = database.prepare(sql);
      statements.set(sql, prepared);
    }
    return prepared;
  }

  return {
    statement,
    find: (tableName, partitionKey, sortKey) =>
      statement(
        `SELECT item_json AS json, item_size AS bytes FROM ${named(tableName)} WHERE pk = ? AND sk = ?`,
      ).get(keyText(partitionKey), keyText(sortKey)) as StoredItem | undefined,
    atomically(work) {
      statement('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        statement('COMMIT').run();
        return result;
      } catch (error) {
        // A full disk has ended the transaction already.
        if (database.isTransaction) statement('ROLLBACK').run();
        throw error;
      }
    },
    close: () => database.close(),
  };
}

/** The name of a table of the file in its statements. */
export const named = (table: string): string => `"${table.replaceAll('"', '""')}"`;

/** A key in the file: the engine writes its type before it. */
export const keyText = (text: string): string => `S:${text}`;
