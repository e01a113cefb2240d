import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StoredItem } from './order-copies.ts';

/** The file of the table engine. */
export interface TableFile {
  /** Every item of the table, as of one moment. */
  items(): StoredItem[];
  /** Adds items, or none if one of them exists. They do not go to the stream. No engine may run meanwhile. */
  add(items: readonly StoredItem[]): void;
  close(): void;
}

const keySchema = z.array(z.object({ AttributeName: z.string() }));
const indexesSchema = z.array(
  z.object({
    IndexName: z.string(),
    KeySchema: keySchema,
    Projection: z.object({ NonKeyAttributes: z.array(z.string()).default([]) }),
  }),
);
const TABLE_KEY = ['pk', 'sk'];

/**
 * Opens the file of the engine in a data folder. The engine itself stores about a thousand items a second, each with a
 * record of the stream. This way stores many thousands.
 */
export function openTableFile(dataDir: string): TableFile {
  const database = new DatabaseSync(join(dataDir, 'table.db'), { timeout: 5_000 });
  // The file is temporary: a crash of the machine may destroy it.
  database.exec('PRAGMA synchronous = OFF');
  const tables = database.prepare('SELECT table_name, gsi_definitions FROM _tables').all();
  const [table] = tables;
  if (table === undefined || tables.length > 1)
    throw new Error(`the data folder has ${tables.length} tables`);
  const name = String(table.table_name);
  const insert = database.prepare(
    `INSERT INTO "${name}" (pk, sk, item_json, item_size, hash_prefix) VALUES (?, ?, ?, ?, ?)`,
  );
  const indexes = indexesSchema.parse(JSON.parse(String(table.gsi_definitions))).map((index) => {
    const keys = index.KeySchema.map(({ AttributeName }) => AttributeName);
    const into = database.prepare(
      `INSERT INTO "${name}::gsi::${index.IndexName}" (gsi_pk, gsi_sk, table_pk, table_sk, item_json)
       VALUES (?, ?, ?, ?, ?)`,
    );
    return { keys, projected: [...TABLE_KEY, ...keys, ...index.Projection.NonKeyAttributes], into };
  });
  const addOne = (item: StoredItem): void => {
    const [pk, sk] = [stored(item, 'pk'), stored(item, 'sk')];
    // The engine reads the prefix for a scan in segments only, and any spread is good for that.
    const prefix = createHash('sha256').update(pk).digest('hex').slice(0, 6);
    insert.run(pk, sk, JSON.stringify(item), sizeOf(item), prefix);
    for (const { keys, projected, into } of indexes) {
      if (!keys.every((key) => key in item)) continue;
      const [hash = '', range = ''] = keys.map((key) => stored(item, key));
      const part = Object.fromEntries(Object.entries(item).filter(([key]) => projected.includes(key)));
      into.run(hash, range, pk, sk, JSON.stringify(part));
    }
  };
  return {
    items: () =>
      database
        .prepare(`SELECT item_json FROM "${name}"`)
        .all()
        .map(({ item_json: text }) => JSON.parse(String(text))),
    add: (items) => {
      database.exec('BEGIN');
      try {
        for (const item of items) addOne(item);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}

/** A key attribute as the engine stores it. All key attributes are texts. */
function stored(item: StoredItem, key: string): string {
  const text = item[key]?.S;
  if (text === undefined) throw new Error(`an item has no text ${key}`);
  return `S:${text}`;
}

/** The size of an item in bytes, as DynamoDB computes it: that of its names and values. */
function sizeOf(item: StoredItem): number {
  const sizes = Object.entries(item).map(([name, { S = '', N = '', B = '' }]) => {
    const binary = B === '' ? 0 : Buffer.byteLength(B, 'base64');
    return name.length + Buffer.byteLength(S) + N.length + binary;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
