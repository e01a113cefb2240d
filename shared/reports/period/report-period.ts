import { invariant } from '../../kernel/invariant.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { type CalendarDate, dayAfter, type Instant, later } from '../../kernel/time.ts';
import { calendarDateIn, dayOf, instantAt, weekdayOf } from '../../kernel/zoned-time.ts';

/** How long a period is. A week is a week of ISO 8601: it begins on Monday. */
export const periodKinds = ['day', 'week', 'month'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** A day by the clocks of a time zone: it has 23, 24 or 25 hours. The end is the start of the next day. */
interface LocalDay {
  readonly day: CalendarDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What a report is about: its days, in the time zone of the merchant. */
export interface ReportPeriod {
  /** `2026-11-28`, `2026-W48` or `2026-11`. */
  readonly name: string;
  readonly kind: PeriodKind;
  readonly timeZone: string;
  readonly from: Instant;
  /** The first instant after the period. */
  readonly to: Instant;
  readonly days: readonly LocalDay[];
  /** Whether the period is over. The figures of a period that is not over grow. */
  readonly isOver: boolean;
}

export type NoPeriod = 'no-such-period' | 'period-in-the-future';

interface Asked {
  readonly timeZone: string;
  readonly now: Instant;
}

/** The period of that name by the clocks of a zone. A period of which no instant has passed is refused. */
export function readPeriod(name: string, { timeZone, now }: Asked): Result<ReportPeriod, NoPeriod> {
  const read = datesOf(name);
  if (read === undefined) return refused('no-such-period');
  const days = localDays(read, timeZone);
  const [first, last] = [days[0], days.at(-1)];
  // A zone that crosses the date line leaves a day out, such as 2011-12-30 in Samoa.
  if (first === undefined || last === undefined) return refused('no-such-period');
  if (first.startsAt > now) return refused('period-in-the-future');
  const { kind } = read;
  return ok({
    ...{ name, kind, timeZone, from: first.startsAt, to: last.endsAt, days },
    isOver: last.endsAt <= now,
  });
}

/** The name of the last period of that kind that is over at the instant, by the clocks of the zone. */
export function lastPeriodBefore(kind: PeriodKind, { timeZone, now }: Asked): string {
  const today = calendarDateIn(timeZone, now);
  if (kind === 'day') return dayAfter(today, -1);
  if (kind === 'month') return dayAfter(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const monday = dayAfter(today, 1 - weekdayOf(dayOf(today)));
  return weekOf(dayAfter(monday, -7));
}

/**
 * The periods of that kind that ended within the last days and at least some time ago, the newest first. A day that
 * a zone
 * left out is no period.
 */
export function periodsEnded(
  kind: PeriodKind,
  asked: Asked & { readonly sinceMs: number; readonly untilMs: number },
): ReportPeriod[] {
  const { timeZone, now, sinceMs, untilMs } = asked;
  const [since, until] = [later(now, -sinceMs), later(now, -untilMs)];
  const periods: ReportPeriod[] = [];
  for (let name = lastPeriodBefore(kind, { timeZone, now }); ; ) {
    const read = readPeriod(name, { timeZone, now });
    if (read.ok && read.value.to < since) return periods;
    if (read.ok && read.value.to <= until) periods.push(read.value);
    name = periodBefore(name);
  }
}

/** The name of the period of the same kind before it. The name is that of a period. */
function periodBefore(name: string): string {
  const dates = datesOf(name);
  invariant(dates !== undefined, 'the period exists', { name });
  const last = dayAfter(dates.first, -1);
  if (dates.kind === 'day') return last;
  return dates.kind === 'month' ? last.slice(0, 7) : weekOf(dayAfter(dates.first, -7));
}

interface Dates {
  readonly kind: PeriodKind;
  readonly first: CalendarDate;
  /** The first date after the period. */
  readonly next: CalendarDate;
}

function datesOf(name: string): Dates | undefined {
  const month = /^(2\d{3})-(0[1-9]|1[0-2])$/.exec(name);
  if (month !== null) return { kind: 'month', ...monthOf(Number(month[1]), Number(month[2])) };
  const week = /^(2\d{3})-W(0[1-9]|[1-4]\d|5[0-3])$/.exec(name);
  if (week !== null) return weekDates(name, Number(week[1]), Number(week[2]));
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(name) || Number.isNaN(Date.parse(name))) return undefined;
  // A date such as 30 February is read as a day of March.
  return dayAfter(name, 0) === name ? { kind: 'day', first: name, next: dayAfter(name, 1) } : undefined;
}

function monthOf(year: number, month: number) {
  const firstOf = (of: number) => new Date(Date.UTC(year, of - 1, 1)).toISOString().slice(0, 10);
  return { first: firstOf(month), next: firstOf(month + 1) };
}

/** The first week of a year is the one with 4 January. Only some years have a week 53. */
function weekDates(name: string, year: number, week: number): Dates | undefined {
  const fourth = `${year}-01-04`;
  const monday = dayAfter(fourth, 1 - weekdayOf(dayOf(fourth)) + 7 * (week - 1));
  return weekOf(monday) === name ? { kind: 'week', first: monday, next: dayAfter(monday, 7) } : undefined;
}

/** The ISO week of a Monday. It belongs to the year of its Thursday. */
function weekOf(monday: CalendarDate): string {
  const thursday = dayAfter(monday, 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor((dayOf(thursday) - dayOf(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function localDays({ first, next }: Dates, timeZone: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = first; day < next; day = dayAfter(day, 1)) {
    const startsAt = instantAt(timeZone, day, '00:00');
    const endsAt = instantAt(timeZone, dayAfter(day, 1), '00:00');
    if (startsAt < endsAt) days.push({ day, startsAt, endsAt });
  }
  return days;
}
