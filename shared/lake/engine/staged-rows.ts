import type { DuckDBAppender } from '@duckdb/node-api';
import type { CalendarDate } from '../../kernel/time.ts';
import { type Cell, commonColumns, type Subject } from '../subject.ts';
import { subjects } from '../subjects/index.ts';
import type { Engine } from './open-engine.ts';
import { columnTypes, subjectNamed } from './table-sql.ts';

const DAY = Object.keys(commonColumns).indexOf('day');

/** The table of a subject's new rows. */
export const stagedTable = (subject: string): string => `staged_${subject}`;

/** The new rows of all subjects, in tables of the engine until they are merged. */
export class StagedRows {
  readonly #appenders = new Map<string, DuckDBAppender>();
  readonly #days = new Map<string, Set<CalendarDate>>();

  static async open(engine: Engine): Promise<StagedRows> {
    for (const subject of subjects)
      await engine.run(`CREATE OR REPLACE TABLE ${stagedTable(subject.name)} (${columnTypes(subject)})`);
    const staged = new StagedRows();
    for (const { name } of subjects)
      staged.#appenders.set(name, await engine.connection.createAppender(stagedTable(name)));
    return staged;
  }

  /** The row belongs to a subject that exists, and has a cell for each of its columns. */
  append(name: string, cells: readonly Cell[]): void {
    const appender = this.#appenders.get(name);
    if (appender === undefined) throw new Error(`there is no table ${name}`);
    const { columns } = subjectNamed(name);
    Object.values(columns).forEach(({ type }, index) => {
      appendCell(appender, type, cells[index] ?? null);
    });
    appender.endRow();
    const days = this.#days.get(name) ?? new Set();
    this.#days.set(name, days.add(String(cells[DAY])));
  }

  /** Ends the appending. The days that have new rows, by table. */
  close(): ReadonlyMap<string, readonly CalendarDate[]> {
    for (const appender of this.#appenders.values()) appender.closeSync();
    return new Map([...this.#days].map(([name, days]) => [name, [...days].sort()]));
  }
}

type ColumnType = Subject['columns'][string]['type'];

function appendCell(appender: DuckDBAppender, type: ColumnType, cell: Cell): void {
  if (cell === null) appender.appendNull();
  else if (typeof cell === 'boolean') appender.appendBoolean(cell);
  else if (typeof cell === 'string') appender.appendVarchar(cell);
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(cell));
  else appender.appendInteger(cell);
}
