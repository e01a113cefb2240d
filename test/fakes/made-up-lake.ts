import { DuckDBInstance } from '@duckdb/node-api';
import { type LakeRecord, writeRecord } from '../../shared/lake/record.ts';
import { rowsOfLine } from '../../shared/lake/rows-of-line.ts';
import type { Cell } from '../../shared/lake/subject.ts';
import { subjects } from '../../shared/lake/subjects/index.ts';
import type { AskedLake } from '../../shared/reports/lake/lake-report.ts';

export interface MadeUpLake extends AskedLake {
  /** Adds what these lines give, as the lake does. Throws for a line that is no record. */
  readonly load: (lines: readonly (LakeRecord | string)[]) => Promise<void>;
  /** Waits for what is at work: an engine that ends under a query leaves the memory of the process damaged. */
  readonly close: () => Promise<void>;
}

/** One row at a time takes a minute on a busy machine. */
const ROWS_AT_ONCE = 200;

/** A lake in memory with the tables of all subjects, empty at first. */
export async function madeUpLake(): Promise<MadeUpLake> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const { name, columns } of subjects) {
    const defined = Object.entries(columns).map(([column, { type }]) => `"${column}" ${type}`);
    await connection.run(`CREATE TABLE ${name} (${defined.join(', ')})`);
  }
  let working: Promise<unknown> = Promise.resolve();
  const noted = <T>(work: Promise<T>): Promise<T> => {
    working = Promise.allSettled([working, work]);
    return work;
  };
  return {
    load: async (lines) => {
      const rows = lines.flatMap((line) => {
        const given = rowsOfLine(typeof line === 'string' ? line : writeRecord(line));
        if (!given.ok) throw new Error(given.reason);
        return given.rows;
      });
      for (const [subject, own] of Map.groupBy(rows, (row) => row.subject))
        for (let at = 0; at < own.length; at += ROWS_AT_ONCE) {
          const values = own
            .slice(at, at + ROWS_AT_ONCE)
            .map(({ cells }) => `(${cells.map(literalOf).join(', ')})`);
          await noted(connection.run(`INSERT INTO ${subject} VALUES ${values.join(', ')}`));
        }
    },
    ask: async (sql) => (await noted(connection.runAndReadAll(sql))).getRowObjectsJS().map(plainRow),
    unreadSince: async () => 0,
    // The engine ends here: one that is left to the end of its thread is torn down together with Node's memory.
    close: async () => {
      await working;
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function literalOf(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'string') return `'${cell.replace(/Z$/, '').replaceAll("'", "''")}'`;
  return String(cell);
}

/** Whole numbers of 64 bits as numbers. Throws where a number would lose digits. */
function plainRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value !== 'bigint') return [name, value];
      if (!Number.isSafeInteger(Number(value))) throw new Error(`${name} is too large to be exact`);
      return [name, Number(value)];
    }),
  );
}
