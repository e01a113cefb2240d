import { tableFigures } from '../table-figures.ts';
import { openCopy } from './open-copy.ts';

/** Rows of a question, read while they are found. */
export interface OpenRows {
  rows(sql: string): AsyncIterable<readonly unknown[]>;
  /** Ends it, and removes the copy. */
  close(): Promise<void>;
}

/** Copies the named tables and opens them; undefined while the lake has none. Throws where the store fails. */
export async function openRows(
  from: Parameters<typeof openCopy>[0],
  tables: readonly string[],
): Promise<OpenRows | undefined> {
  if ((await tableFigures(from.store)) === undefined) return undefined;
  const copy = await openCopy(from, ({ subject }) => tables.includes(subject));
  return {
    async *rows(sql) {
      for await (const rows of (await copy.stream(sql)).parts) yield* rows;
    },
    close: copy.close,
  };
}
