import { ok, type Result, refused } from '../../kernel/result.ts';
import { type CalendarDate, isCalendarDate } from '../../kernel/time.ts';

/** Stands for all markets together. */
export const ALL_MARKETS = '*';

/** How many units of a SKU were asked for in a market, day by day without a gap. */
export interface DemandSeries {
  readonly sku: string;
  /** The ISO 3166-1 alpha-2 country of destination, or {@link ALL_MARKETS}. */
  readonly market: string;
  /** The first day, in the time zone of the merchant. */
  readonly firstDay: CalendarDate;
  /** Units of a day: 0 or more. A day that is censored has what was sold, which is less than what was asked for. */
  readonly units: readonly number[];
  /** Whether nothing could be sold on a day, because there was no stock: the demand of that day is unknown. */
  readonly censored: readonly boolean[];
}

/** Why a series can't be read. */
export type SeriesProblem =
  | 'no-history'
  | 'first-day-invalid'
  | 'lengths-differ'
  | 'units-not-finite'
  | 'units-negative';

/** The series itself, or the first problem that applies, with the day it is on as an index. */
export function checkSeries(
  series: DemandSeries,
): Result<DemandSeries, { readonly code: SeriesProblem; readonly index?: number }> {
  const { units, censored, firstDay } = series;
  if (!isCalendarDate(firstDay)) return refused({ code: 'first-day-invalid' });
  if (units.length === 0) return refused({ code: 'no-history' });
  if (units.length !== censored.length) return refused({ code: 'lengths-differ' });
  const notFinite = units.findIndex((each) => !Number.isFinite(each));
  if (notFinite >= 0) return refused({ code: 'units-not-finite', index: notFinite });
  const negative = units.findIndex((each) => each < 0);
  if (negative >= 0) return refused({ code: 'units-negative', index: negative });
  return ok(series);
}
