import { type CalendarDate, dayAfter, type Instant } from '../../kernel/time.ts';
import { calendarDateIn, instantAt } from '../../kernel/zoned-time.ts';

/** A calendar month, `2026-11`, or a calendar quarter, `2026-Q4`. */
export type Period = string;
export type PeriodLength = 'month' | 'quarter';

const shapes = { month: /^2\d{3}-(0[1-9]|1[0-2])$/, quarter: /^2\d{3}-Q[1-4]$/ } as const;

export const isPeriod = (text: string, length: PeriodLength): boolean => shapes[length].test(text);

/** The first day of the period, and the first day after it. */
function daysOf(period: Period): { first: CalendarDate; next: CalendarDate } {
  const [year, part] = [Number(period.slice(0, 4)), period.slice(5)];
  return part.startsWith('Q')
    ? {
        first: firstDay(year, Number(part.slice(1)) * 3 - 2),
        next: firstDay(year, Number(part.slice(1)) * 3 + 1),
      }
    : { first: firstDay(year, Number(part)), next: firstDay(year, Number(part) + 1) };
}

/** The first day of a month; month 13 is January of the next year. */
const firstDay = (year: number, month: number): CalendarDate =>
  new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

export const lastDayOf = (period: Period): CalendarDate => dayAfter(daysOf(period).next, -1);

/** The day by which its return is due: the end of the month that follows (Directive 2006/112/EC, Art. 369f, 369s). */
export function dueDayOf(period: Period): CalendarDate {
  const { next } = daysOf(period);
  return dayAfter(firstDay(Number(next.slice(0, 4)), Number(next.slice(5, 7)) + 1), -1);
}

/** The last day on which a later return may correct it: three years after it was due (Art. 369g, 369t). */
export function lastCorrectionDayOf(period: Period): CalendarDate {
  const due = dueDayOf(period);
  return dayAfter(firstDay(Number(due.slice(0, 4)) + 3, Number(due.slice(5, 7)) + 1), -1);
}

/** The instants at which the period begins and at which the next one does, by the clocks of the zone. */
export function instantsOf(period: Period, timeZone: string): { from: Instant; to: Instant } {
  const { first, next } = daysOf(period);
  return { from: instantAt(timeZone, first, '00:00'), to: instantAt(timeZone, next, '00:00') };
}

/** The period of that length that contains an instant, by the clocks of the zone. */
export function periodOf(instant: Instant, length: PeriodLength, timeZone: string): Period {
  const [year = '', month = ''] = calendarDateIn(timeZone, instant).split('-');
  return length === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}
