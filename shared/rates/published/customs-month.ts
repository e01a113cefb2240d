import { dayMs } from '../../kernel/time.ts';
import type { DayOfRates } from './rate-table.ts';

const WEDNESDAY = 3;
const THURSDAY = 4;

const dayAt = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10);

/** The second-last Wednesday of a month: `2026-11-18` for `2026-11`. Its rates are the Union's of the next month. */
export const secondLastWednesday = (month: string): string => secondLast(WEDNESDAY, month);

/** The second-last Thursday of a month, on which HM Revenue & Customs publishes the rates of the next month. */
export const secondLastThursday = (month: string): string => secondLast(THURSDAY, month);

function secondLast(weekday: number, month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  // The last day of a month is day 0 of the next month. Months count from zero here.
  const last = new Date(Date.UTC(year, number, 0));
  const since = (last.getUTCDay() - weekday + 7) % 7;
  return dayAt(last.getTime() - (since + 7) * dayMs);
}

/** The next month: `2027-01` for `2026-12`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return dayAt(Date.UTC(year, number, 1)).slice(0, 7);
}

/**
 * The months whose customs rates in the European Union are decided by these days. The rates of the second-last
 * Wednesday of a month apply to the next month. If none were published on that day, the last rates before it apply
 * (Implementing Regulation (EU) 2015/2447, Art. 146). `days` are in order. A month whose Wednesday is before the
 * first day is left out.
 */
export function customsMonthsOf(
  days: readonly DayOfRates[],
): { readonly month: string; readonly day: DayOfRates }[] {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  return [...new Set(days.map(({ date }) => date.slice(0, 7)))].flatMap((month) => {
    const wednesday = secondLastWednesday(month);
    if (wednesday < first.date || wednesday > last.date) return [];
    const day = days.findLast(({ date }) => date <= wednesday);
    return day === undefined ? [] : [{ month: monthAfter(month), day }];
  });
}
