import { dayOf } from '../../kernel/zoned-time.ts';
import { checkSeries, type DemandSeries } from '../demand/demand-series.ts';
import { besideMean } from './backtest-losses.ts';
import { medianPath, runCandidates } from './candidates.ts';
import type { History } from './history.ts';
import { readHistory, YOUNG_DAYS } from './read-history.ts';
import { rollingOrigins } from './rolling-origins.ts';
import { MEAN_CLASSES, meanClass } from './spread/mean-classes.ts';
import { seriesSpread } from './spread/series-spread.ts';
import { KNOTS, type Shapes, shapesOf, yardstick } from './spread/shapes.ts';
import { EVERY_DAY, groupFactors, type WeekdayFactors } from './weekday-factors.ts';

/** What many series say together, for those that say little alone. */
export interface Pool {
  readonly weekdays: WeekdayFactors;
  /** The days, by their numbers, on which the shop was closed although it is usually open. */
  readonly closed: ReadonlySet<number>;
  /** The mean number of days from one sale of a series to the next; 1 where nothing is known. */
  readonly gap: number;
  readonly shapes: Shapes;
  /** The loss of each candidate, in the order of `candidateCodes`, divided by the mean of all; empty: unknown. */
  readonly losses: readonly number[];
}

/** Where nothing is known of other series. */
export const NO_POOL: Pool = {
  weekdays: EVERY_DAY,
  closed: new Set(),
  gap: 1,
  shapes: shapesOf([]),
  losses: [],
};

/** The most series that the spread and the methods are learned from. More would take longer and say little more. */
const MAX_SPREAD_SERIES = 4_000;
const MAX_METHOD_SERIES = 300;

/**
 * What a group of series says of each of them: weekdays, closed days, how demand is spread around its mean, and which
 * methods are good. `series` are of like goods, of a category say. The same series give the same pool. A
 * series that can't be read says nothing.
 */
export function trainPool(series: readonly DemandSeries[], horizon: number): Pool {
  const sold = series.filter((each) => checkSeries(each).ok && each.units.some((units) => units > 0));
  if (sold.length === 0) return NO_POOL;
  const closed = closedDays(sold);
  const weekdays = groupFactors(sold, (day) => closed.has(day));
  const gap = meanGap(sold);
  const histories = spaced(sold, MAX_SPREAD_SERIES).flatMap((each) => {
    const read = readHistory(each, { horizon, weekdays, gap, isClosed: (day) => closed.has(day) });
    return read.ok ? [read.value] : [];
  });
  const shapes = shapesOf(ratiosOf(histories));
  const losses = poolLosses(spaced(histories, MAX_METHOD_SERIES), shapes);
  return { weekdays, closed, gap, shapes, losses };
}

/** At most that many, evenly spaced. */
function spaced<Each>(all: readonly Each[], most: number): readonly Each[] {
  const step = Math.ceil(all.length / most);
  return all.filter((_, index) => index % step === 0);
}

/** A day on which as many series usually sell, and none did, is one on which the shop was closed. */
const MIN_SELLING = 8;

function closedDays(series: readonly DemandSeries[]): ReadonlySet<number> {
  const firstOf = (each: DemandSeries) => dayOf(each.firstDay);
  const first = Math.min(...series.map(firstOf));
  const days = Math.max(...series.map((each) => firstOf(each) + each.units.length)) - first;
  const selling = new Float64Array(days);
  for (const each of series) {
    const from = firstOf(each) - first;
    for (let day = 0; day < each.units.length; day += 1)
      if ((each.units[day] as number) > 0) selling[from + day] = (selling[from + day] as number) + 1;
  }
  const usual = Array.from({ length: 7 }, (_, weekday) => {
    const own = selling.filter((_each, day) => day % 7 === weekday).sort();
    return own[own.length >> 1] ?? 0;
  });
  const closed = new Set<number>();
  for (let day = 0; day < days; day += 1)
    if (selling[day] === 0 && (usual[day % 7] as number) >= MIN_SELLING) closed.add(first + day);
  return closed;
}

const ORIGINS_EVERY = 3;
const MAX_BACK = 90;
/** What came, in yardsticks, by the number of days and by the class of the mean. */
function ratiosOf(histories: readonly History[]): readonly (readonly number[][])[] {
  const ratios = KNOTS.map(() => Array.from({ length: MEAN_CLASSES }, (): number[] => []));
  for (const history of histories) {
    const { units, known, horizon } = history;
    const origins: number[] = [];
    for (let origin = Math.max(7, units.length - MAX_BACK); origin < units.length; origin += ORIGINS_EVERY)
      origins.push(origin);
    const path = medianPath(history, origins);
    origins.forEach((origin, k) => {
      let [mean, sum] = [0, 0];
      for (let j = 0; j < Math.min(horizon, units.length - origin); j += 1) {
        if (known[origin + j] !== 1) continue;
        const own = path[k * horizon + j] as number;
        mean += own;
        sum += units[origin + j] as number;
        ratios[0]?.[meanClass(own)]?.push((units[origin + j] as number) / yardstick(own));
        const knot = j === 0 ? -1 : KNOTS.indexOf(j + 1);
        if (knot > 0) ratios[knot]?.[meanClass(mean)]?.push(sum / yardstick(mean));
      }
    });
  }
  return ratios;
}

/** The loss of each candidate over all series, divided by the mean of all candidates. */
function poolLosses(histories: readonly History[], shapes: Shapes): number[] {
  const all: { pinball: number; ofTotals: number }[] = [];
  for (const history of histories) {
    const origins = rollingOrigins(history.units.length, history.horizon);
    if (origins.length === 0) continue;
    const spread = seriesSpread(history, shapes);
    runCandidates(history, { origins, spread, score: besideMean }).losses.forEach((loss, place) => {
      all[place] ??= { pinball: 0, ofTotals: 0 };
      all[place].pinball += loss.pinball;
      all[place].ofTotals += loss.ofTotals;
    });
  }
  return besideMean(all);
}

/** The mean over the series of the days from one sale to the next. Long ones count as {@link YOUNG_DAYS}. */
function meanGap(series: readonly DemandSeries[]): number {
  const gaps = series.map(({ units }) => {
    const first = units.findIndex((each) => each > 0);
    const gap = (units.length - first) / units.reduce((days, each) => days + (each > 0 ? 1 : 0), 0);
    return Math.min(gap, YOUNG_DAYS);
  });
  return gaps.reduce((all, each) => all + each, 0) / gaps.length;
}
