import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DuckDBExtractedStatements,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { CalendarDate } from '../../kernel/time.ts';
import { tableOfKey, tablePrefix } from '../lake-keys.ts';
import type { Cell, Column, Subject } from '../subject.ts';
import { subjects } from '../subjects/index.ts';
import { type View, views } from '../views/index.ts';
import { answerCell } from './answer-cell.ts';
import { type Engine, type EngineLimits, openEngine, quoted } from './open-engine.ts';
import { selectDays } from './table-sql.ts';
import { unreadSince } from './unread-since.ts';

/** A small table that a question brings along, such as the days of a period. */
export interface GivenTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** In the order of the columns. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface LakeOptions {
  /** The folder with `tables/`; nothing outside of it can be read. */
  readonly folder: string;
  readonly limits?: EngineLimits;
  readonly tables?: readonly GivenTable[];
}

/** A result: the names of its columns, and its rows. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A result whose rows are read while they are computed, some thousand at a time. */
interface StreamedAnswer {
  readonly columns: readonly string[];
  readonly parts: AsyncIterable<readonly (readonly Cell[])[]>;
}

/** The SQL is not a query, or is wrong. The message is the engine's, with the place in the text. */
export class WrongQuestion extends Error {
  override readonly name = 'WrongQuestion';
}

/** An open lake: its tables and views can be asked, and nothing can be changed. */
export interface Lake {
  /** `?` in the SQL takes the parameters in order. Throws {@link WrongQuestion}. */
  ask(sql: string, params?: readonly Cell[]): Promise<Answer>;
  stream(sql: string, params?: readonly Cell[]): Promise<StreamedAnswer>;
  /** How many objects and lines of facts that arrived since a UTC day could not be read. */
  unreadSince(day: CalendarDate): Promise<number>;
  close(): void;
}

/** Asks the lake in a folder one question. To ask several, use {@link openLake}. */
export async function askLake(
  folder: string,
  sql: string,
  params: readonly Cell[] = [],
  tables: readonly GivenTable[] = [],
): Promise<Answer> {
  const lake = await openLake({ folder, tables });
  try {
    return await lake.ask(sql, params);
  } finally {
    lake.close();
  }
}

/** Opens the lake in a folder. A table without files is empty. */
export async function openLake({ folder, limits, tables = [] }: LakeOptions): Promise<Lake> {
  const engine = await openEngine({ folder, ...(limits && { limits }) });
  for (const table of tables) await giveTable(engine, table);
  const known = new Set<string>();
  const prepare = async (sql: string, params: readonly Cell[]) => {
    await defineNamed({ engine, folder, known }, sql);
    return prepareQuery(engine, sql, params);
  };
  return {
    ask: async (sql, params = []) => {
      const prepared = await prepare(sql, params);
      const reader = await askingErrors(() => prepared.runAndReadAll());
      const rows = reader.getRows().map((row) => row.map(answerCell));
      return { columns: reader.columnNames(), rows };
    },
    stream: async (sql, params = []) => {
      const prepared = await prepare(sql, params);
      const result = await askingErrors(() => prepared.stream());
      return { columns: result.columnNames(), parts: partsOf(result.yieldRows()) };
    },
    unreadSince: (day) => unreadSince(folder, day),
    close: engine.close,
  };
}

async function* partsOf(chunks: AsyncIterable<unknown[][]>) {
  for await (const rows of chunks) yield rows.map((row) => row.map((value) => answerCell(value as never)));
}

async function giveTable(engine: Engine, { name, columns, rows }: GivenTable): Promise<void> {
  const types = Object.entries(columns).map(([column, { type }]) => `${column} ${type}`);
  await engine.run(`CREATE TABLE ${name} (${types.join(', ')})`);
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
  if (values.length > 0) await engine.run(`INSERT INTO ${name} VALUES ${values.join(', ')}`);
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'string' ? quoted(cell) : String(cell);
}

interface Defining {
  readonly engine: Engine;
  readonly folder: string;
  readonly known: Set<string>;
}

/**
 * Defines the tables and views that the SQL names, each once. The others are left alone: a year of files of all tables
 * would be opened for a question about one.
 */
async function defineNamed(defining: Defining, sql: string): Promise<void> {
  for (const name of wordsIn(sql)) {
    const view = views.find((each) => each.name === name);
    const subject = subjects.find((each) => each.name === name);
    if (defining.known.has(name) || (view === undefined && subject === undefined)) continue;
    defining.known.add(name);
    if (view !== undefined) await defineView(defining, view);
    if (subject !== undefined) await defineTable(defining, subject);
  }
}

async function defineView(defining: Defining, { name, sql }: View): Promise<void> {
  await defineNamed(defining, sql);
  await defining.engine.run(`CREATE VIEW ${name} AS ${sql}`);
}

async function defineTable({ engine, folder }: Defining, subject: Subject): Promise<void> {
  const files = await filesOf(folder, subject);
  await engine.run(`CREATE VIEW ${subject.name} AS ${selectDays(subject, files)}`);
}

async function filesOf(folder: string, { name }: Subject): Promise<string[]> {
  const prefix = tablePrefix(name);
  const found = await readdir(join(folder, prefix), { recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return found
    .map((entry) => `${prefix}${entry}`)
    .filter((key) => tableOfKey(key) !== undefined)
    .map((key) => join(folder, key))
    .sort();
}

/** Every word of the SQL that may be the name of a table. A word more than that only opens files. */
const wordsIn = (sql: string): ReadonlySet<string> =>
  new Set((sql.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []).map((word) => word.toLowerCase()));

async function prepareQuery(
  engine: Engine,
  sql: string,
  params: readonly Cell[],
): Promise<DuckDBPreparedStatement> {
  return askingErrors(async () => {
    const statements = await statementsIn(engine, sql);
    if (statements.count !== 1)
      throw new WrongQuestion(`one query is asked at a time, not ${statements.count}`);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN)
      throw new WrongQuestion('only a query is allowed: SELECT … or WITH … SELECT …');
    if (prepared.parameterCount !== params.length)
      throw new WrongQuestion(
        `the query has ${prepared.parameterCount} parameters, and ${params.length} were given`,
      );
    prepared.bind([...params]);
    return prepared;
  });
}

/** The statements of the text. For a text without any, the engine has no message of its own. */
async function statementsIn({ connection }: Engine, sql: string): Promise<DuckDBExtractedStatements> {
  try {
    return await connection.extractStatements(sql);
  } catch (error) {
    if (error instanceof Error && error.message === 'Error in native callback')
      throw new WrongQuestion('there is no query in the text');
    throw error;
  }
}

/** What the engine refuses is a wrong question; anything else stays what it is. */
async function askingErrors<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof WrongQuestion || !(error instanceof Error)) throw error;
    throw new WrongQuestion(error.message);
  }
}
