import { fingerprint } from '../../kernel/hash.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { TableDays } from '../lake/lake-tables.ts';

/** The checksums of the rows of the lake's tables, by table and UTC day. */
export type LakeFigures = Readonly<
  Record<string, Readonly<Record<CalendarDate, { readonly checksum: string }>> | undefined>
>;

/** Whether a report reads this day of a table. */
export const isRead = (
  read: readonly TableDays[],
  { table, day }: { readonly table: string; readonly day: CalendarDate },
): boolean =>
  read.some(
    ({ table: name, from, to }) =>
      name === table && (from === undefined || day >= from) && (to === undefined || day <= to),
  );

/**
 * The fingerprint of what a report reads of the lake. While it stays the same, making the report again gives the
 * same; a
 * fact that arrives late changes the checksum of its own day.
 */
export function sourcePrint(read: readonly TableDays[], figures: LakeFigures): string {
  const found = Object.entries(figures).flatMap(([table, days = {}]) =>
    Object.entries(days)
      .filter(([day]) => isRead(read, { table, day }))
      .map(([day, { checksum }]) => `${table} ${day} ${checksum}`),
  );
  return fingerprint(found.sort()).slice(0, 32);
}
