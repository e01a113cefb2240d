import type { CalendarDate, Instant } from '../../kernel/time.ts';
import { dateOf, dayOf } from '../../kernel/zoned-time.ts';

/** A day by the clocks of a time zone, from its first instant to that of the next day. It has 23, 24 or 25 hours. */
export interface LocalDay {
  readonly day: CalendarDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/**
 * The `JOIN` of `days`, whose `day` is the local day that has the instant. Rows of no such day fall away. Joined by UTC
 * days, of which a local day touches two or three: a join by instants alone compares every row with every day.
 */
export function joinDays(days: readonly LocalDay[], instant: string): string {
  const rows = days.flatMap(({ day, startsAt, endsAt }) =>
    utcDaysOf({ startsAt, endsAt }).map(
      (utcDay) => `(DATE '${day}', DATE '${utcDay}', ${timestamp(startsAt)}, ${timestamp(endsAt)})`,
    ),
  );
  return `JOIN (VALUES ${rows.join(', ')}) AS days (day, utc_day, starts_at, ends_at)
      ON CAST(${instant} AS DATE) = days.utc_day AND ${instant} >= days.starts_at AND ${instant} < days.ends_at`;
}

function utcDaysOf({ startsAt, endsAt }: Pick<LocalDay, 'startsAt' | 'endsAt'>): CalendarDate[] {
  const [first, last] = [dayOf(startsAt.slice(0, 10)), dayOf(endsAt.slice(0, 10))];
  return Array.from({ length: last - first + 1 }, (_, index) => dateOf(first + index));
}

/** An instant as a literal: a TIMESTAMP of the lake is UTC and has no zone. */
export const timestamp = (instant: Instant): string =>
  `TIMESTAMP '${instant.replace('T', ' ').replace('Z', '')}'`;
