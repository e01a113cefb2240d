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
}

/**
 * The history of a series from its first sale on, with the factors of its days. Refused for a series that can't be
 * read, of which every day is unknown, or of which nothing was sold.
 */
export function readHistory(
  series: DemandSeries,
  { horizon, weekdays, isClosed }: Around,
): Result<History, ForecastProblem> {
  const checked = checkSeries(series);
  if (!checked.ok) return refused(checked.error.code);
  if (series.censored.every(Boolean)) return refused('nothing-known');
  const sold = series.units.findIndex((each, day) => each > 0 && !series.censored[day]);
  if (sold < 0) return refused('nothing-sold');
  const start = Math.max(sold, series.units.length - MAX_DAYS);
  const first = dayOf(series.firstDay) + start;
  const units = Float64Array.from(series.units.slice(start));
  const known = Uint8Array.from(units, (_, day) =>
    series.censored[start + day] || (isClosed(first + day) && units[day] === 0) ? 0 : 1,
  );
  const firstWeekday = weekdayOf(first) - 1;
  const ofWeek = weekdayFactors({ units, known, firstWeekday }, weekdays);
  const factors = new Float64Array(units.length + horizon);
  for (let day = 0; day < factors.length; day += 1) factors[day] = ofWeek[(firstWeekday + day) % 7] as number;
  return ok({ units, known, factors, horizon });
}
