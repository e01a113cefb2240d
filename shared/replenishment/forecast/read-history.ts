import { ok, type Result, refused } from '../../kernel/result.ts';
import { dayOf, weekdayOf } from '../../kernel/zoned-time.ts';
import { checkSeries, type DemandSeries, type SeriesProblem } from '../demand/demand-series.ts';
import { type History, MAX_DAYS } from './history.ts';
import { type WeekdayFactors, weekdayFactors } from './weekday-factors.ts';

/** Why a series can't be forecast. */
export type ForecastProblem = SeriesProblem | 'nothing-known' | 'nothing-sold';

interface Around {
  readonly horizon: number;
  readonly weekdays: WeekdayFactors;
  /** Whether the shop was closed on a day, by its number. */
  readonly isClosed: (day: number) => boolean;
  /** The days from one sale to the next of like goods. */
  readonly gap: number;
}

/**
 * The history of a series from its first sale on, or from shortly before, with the factors of its days. Refused for a
 * series that can't be read, of which every day is unknown, or of which nothing was sold.
 */
export function readHistory(
  series: DemandSeries,
  { horizon, weekdays, isClosed, gap }: Around,
): Result<History, ForecastProblem> {
  const checked = checkSeries(series);
  if (!checked.ok) return refused(checked.error.code);
  if (series.censored.every(Boolean)) return refused('nothing-known');
  const sold = series.units.findIndex((each, day) => each > 0 && !series.censored[day]);
  if (sold < 0) return refused('nothing-sold');
  const start = Math.max(sold - daysBefore(series, sold, gap), series.units.length - MAX_DAYS);
  const first = dayOf(series.firstDay) + start;
  const units = new Float64Array(series.units.length - start);
  const known = new Uint8Array(units.length);
  for (let day = 0; day < units.length; day += 1) {
    const own = series.units[start + day] as number;
    units[day] = own;
    known[day] = series.censored[start + day] || (own === 0 && isClosed(first + day)) ? 0 : 1;
  }
  const firstWeekday = weekdayOf(first) - 1;
  const ofWeek = weekdayFactors({ units, known, firstWeekday }, weekdays);
  const factors = new Float64Array(units.length + horizon);
  for (let day = 0; day < factors.length; day += 1) factors[day] = ofWeek[(firstWeekday + day) % 7] as number;
  return ok({ units, known, factors, horizon });
}

/** For how many days after its first sale a series is young. */
export const YOUNG_DAYS = 28;

/**
 * The days before the first sale that belong to the history of a young series. A history that begins with a sale says
 * too much of its level, by as much as a renewal process that is seen from an event on (Cox, Renewal Theory
 * (1962)). With the days that pass between two sales of like goods before it, it does not. Days without stock
 * are no such days.
 */
function daysBefore({ units, censored }: DemandSeries, sold: number, gap: number): number {
  if (units.length - sold > YOUNG_DAYS) return 0;
  let days = 0;
  while (days + 1 < gap && days < sold && !censored[sold - days - 1]) days += 1;
  return days;
}
