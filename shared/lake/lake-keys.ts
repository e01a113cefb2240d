import type { CalendarDate } from '../kernel/time.ts';

/** Where the facts are, by the day of their arrival: `facts/received=2026-11-29/…`. */
export const FACTS = 'facts/';
const RECEIVED = /^facts\/received=(\d{4}-\d{2}-\d{2})\/.+/;

/**
 * The version of the tables' schema. A change of a column that old files don't fit raises it, and a rebuild fills it.
 */
export const TABLES = 'tables/v1/';
/** What the tables are made of, and their figures. It is written last. */
export const COMPACTED = `${TABLES}compacted.json`;

/** The day on which an object of facts arrived, UTC; undefined for an object that is none of them. */
export const receivedOn = (key: string): CalendarDate | undefined => RECEIVED.exec(key)?.[1];

/** The file of a table's day. */
export const tableKey = (subject: string, day: CalendarDate): string =>
  `${TABLES}${subject}/day=${day}/rows.parquet`;

/** The beginning of the keys of a table's files. */
export const tablePrefix = (subject: string): string => `${TABLES}${subject}/`;

const TABLE_FILE = /^tables\/v1\/([a-z_]+)\/day=(\d{4}-\d{2}-\d{2})\/rows\.parquet$/;

/** The table and the day of a file; undefined for another object. */
export function tableOfKey(
  key: string,
): { readonly subject: string; readonly day: CalendarDate } | undefined {
  const [, subject, day] = TABLE_FILE.exec(key) ?? [];
  return subject === undefined || day === undefined ? undefined : { subject, day };
}
