import { invariant } from '../kernel/invariant.ts';
import type { Instant } from '../kernel/time.ts';
import type { AnyRecord, LakeRecord } from './record.ts';

/** The types of columns: those that DuckDB and Trino name alike. A TIMESTAMP is UTC and has no zone. */
export type ColumnType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP';

/** A column: its SQL type, and one sentence for the person who asks. */
export interface Column<Type extends ColumnType = ColumnType> {
  readonly type: Type;
  readonly says: string;
}

const columnOf =
  <const Type extends ColumnType>(type: Type) =>
  (says: string): Column<Type> => ({ type, says });

export const text = columnOf('VARCHAR');
/** A whole number of any size that is exact: amounts in minor units, sums. */
export const whole = columnOf('BIGINT');
/** A small whole number: counts, positions. */
export const count = columnOf('INTEGER');
export const flag = columnOf('BOOLEAN');
export const date = columnOf('DATE');
export const instant = columnOf('TIMESTAMP');

/** What stands in one row under one column. A DATE and a TIMESTAMP are text as in JSON. */
export type Cell = string | number | boolean | null;

/** The columns that every subject begins with. */
export const commonColumns = {
  fact_id: text('The id of the fact that the row is made of. With row_no it is the key of the row.'),
  row_no: count('The position of the row among those of its fact, from 0.'),
  fact_version: count('The version in which the fact was recorded.'),
  occurred_at: instant('When it happened, UTC.'),
  recorded_at: instant('When it was written down, UTC.'),
  day: date('The day of occurred_at, UTC. The rows of a day are in one file.'),
} as const satisfies Record<string, Column>;

type ValueOf<Type extends ColumnType> = Type extends 'BOOLEAN'
  ? boolean
  : Type extends 'BIGINT' | 'INTEGER'
    ? number
    : string;

/** A row by the names of its columns. A value that the fact does not have is undefined. */
export type RowOf<Columns extends Record<string, Column>> = {
  readonly [Name in keyof Columns]: ValueOf<Columns[Name]['type']> | undefined;
};

/** A table of the lake: what its rows are, and how they are made of a record. */
export interface Subject {
  /** The name of the table. */
  readonly name: string;
  /** One sentence: what a row is. */
  readonly says: string;
  /** All columns in order, the common ones first. */
  readonly columns: Readonly<Record<string, Column>>;
  /**
   * The rows of a record, with their cells in the order of the columns; none where the record is of another subject.
   * Throws for a record whose data do not fit its name.
   */
  readonly rowsOf: (record: LakeRecord) => Cell[][];
}

interface SubjectDefinition<Columns extends Record<string, Column>> {
  readonly name: string;
  readonly says: string;
  /** The columns besides the common ones. */
  readonly columns: Columns;
  readonly rowsOf: (record: LakeRecord) => readonly RowOf<Columns>[];
}

/** Makes a subject from its definition, with the common columns before its own. */
export function defineSubject<const Columns extends Record<string, Column>>(
  definition: SubjectDefinition<Columns>,
): Subject {
  const own = Object.entries<Column>(definition.columns);
  return {
    name: definition.name,
    says: definition.says,
    columns: { ...commonColumns, ...definition.columns },
    rowsOf: (record) =>
      definition
        .rowsOf(record)
        .map((row, index) => [
          ...commonCells(record, index),
          ...own.map(([name, column]) => cellOf(column, row[name], name)),
        ]),
  };
}

export function commonCells(
  { id, version, occurredAt, recordedAt }: AnyRecord | LakeRecord,
  index: number,
): Cell[] {
  return [id, index, version, occurredAt, recordedAt, dayOf(occurredAt)];
}

/** The UTC day of an instant, as a calendar date. */
const dayOf = (at: Instant): string => at.slice(0, 10);

const MAX_INTEGER = 2_147_483_647;

// Millions of cells are checked in a run: a pattern costs a tenth of a schema.
const DATE_FORM = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const isOfCalendar = (value: string): boolean => !Number.isNaN(Date.parse(value));

/**
 * The value as a cell. A value of another type than the column's throws: the data of an old or a foreign record may be
 * of any form, and a wrong figure must never stand in a table.
 */
function cellOf({ type }: Column, value: unknown, name: string): Cell {
  if (value === undefined || value === null) return null;
  invariant(fits(type, value), 'a value is of the type of its column', { column: name, type });
  return value as Cell;
}

function fits(type: ColumnType, value: unknown): boolean {
  switch (type) {
    case 'BIGINT':
      return Number.isSafeInteger(value);
    case 'INTEGER':
      return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER;
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'VARCHAR':
      return typeof value === 'string';
    case 'DATE':
      return typeof value === 'string' && DATE_FORM.test(value) && isOfCalendar(value);
    default:
      return typeof value === 'string' && INSTANT_FORM.test(value) && isOfCalendar(value);
  }
}

/** The name, beside those of tables, of the objects and lines that could not be read, by the day of their arrival. */
export const UNREAD = 'unread';
