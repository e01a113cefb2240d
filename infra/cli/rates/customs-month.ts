import { dayMs } from '../../../shared/kernel/time.ts';
import type { DayOfRates } from './rate-table.ts';

const WEDNESDAY = 3;

const dayAt = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10);

/** The second-last Wednesday of a month, `2026-11` gives `2026-11-18`. */
export function secondLastWednesday(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  // The month's last day is the day before the first of the next; months count from zero here.
  const last = new Date(Date.UTC(year, number, 0));
  const sinceWednesday = (last.getUTCDay() - WEDNESDAY + 7) % 7;
  return dayAt(last.getTime() - (sinceWednesday + 7) * dayMs);
}

/** The month after, `2026-12` gives `2027-01`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return dayAt(Date.UTC(year, number, 1)).slice(0, 7);
}

/**
 * The months whose customs rates in the Union these days decide: the rates of the second-last Wednesday apply to the
 * following month; if none were published on it, the last ones before it (Implementing Regulation (EU) 2015/2447, Art.
 * 146). `days` are in order. A month whose Wednesday is before the first day is left out.
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
