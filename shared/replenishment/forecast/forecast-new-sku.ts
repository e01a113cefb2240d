import { ok, type Result, refused } from '../../kernel/result.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import { dayOf, weekdayOf } from '../../kernel/zoned-time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import type { Forecast, ForecastDay } from './forecast.ts';
import { FORECAST_VERSION } from './forecast-series.ts';
import { MIN_FACTOR } from './history.ts';
import { LEVELS } from './spread/grid.ts';
import type { WeekdayFactors } from './weekday-factors.ts';

/** A SKU that was never sold in a market. */
export interface NewSku {
  readonly sku: string;
  readonly market: string;
  readonly firstDay: CalendarDate;
  /** Series of like goods, the likest group first: those of its category, then those of the whole shop. */
  readonly groups: readonly (readonly DemandSeries[])[];
  readonly weekdays: WeekdayFactors;
  readonly horizon: number;
}

/** Fewer SKUs than these say too little of another one. */
const MIN_SKUS = 5;

/**
 * Forecasts a new SKU as one of its group: its first days are spread as the first days of the others were. Refused with
 * `no-group` where no group has five SKUs that have been sold for that long.
 */
export function forecastNewSku(asked: NewSku): Result<Forecast, 'no-group'> {
  const starts = asked.groups.map((group) => group.flatMap((each) => startOf(each, asked)));
  const own = starts.find((group) => group.length >= MIN_SKUS);
  if (own === undefined) return refused('no-group');
  const factors = factorsFrom(asked.firstDay, asked);
  const levels = own.map((start) => rateOf(start, asked.horizon));
  const level = meanOf(levels);
  const ofDays = quantilesOf(own.flatMap(({ units, shares }) => ratios(units, shares)));
  const days = factors.map(
    (factor): ForecastDay => ({ mean: level * factor, quantiles: timesOf(ofDays, factor) }),
  );
  let sum = 0;
  const totals = factors.map((factor, index) => {
    sum += factor;
    const rates = own.map((start) => rateOf(start, index + 1));
    const mean = meanOf(rates);
    const deviation = Math.sqrt(meanOf(rates.map((rate) => (rate - mean) ** 2)));
    return { standardDeviation: deviation * sum, quantiles: timesOf(quantilesOf(rates), sum) };
  });
  const { sku, market, firstDay } = asked;
  const error = errorOf(own, level, ofDays);
  return ok({
    sku,
    market,
    firstDay,
    version: FORECAST_VERSION,
    method: 'group-profile',
    error,
    days,
    totals,
  });
}

/** The first days of a SKU since its first sale, and their factors. */
interface Start {
  readonly units: readonly number[];
  readonly shares: readonly number[];
}

type Around = Pick<NewSku, 'weekdays' | 'horizon'>;

function startOf({ firstDay, units, censored }: DemandSeries, around: Around): Start[] {
  const first = units.findIndex((each) => each > 0);
  const days = units.slice(first, first + around.horizon);
  if (first < 0 || days.length < around.horizon) return [];
  if (censored.slice(first, first + around.horizon).some(Boolean)) return [];
  const day = dayOf(firstDay) + first;
  return [{ units: days, shares: days.map((_, index) => factorOf(day + index, around)) }];
}

const factorOf = (day: number, { weekdays }: Around): number => weekdays[weekdayOf(day) - 1] as number;

const factorsFrom = (firstDay: CalendarDate, around: Around): number[] =>
  Array.from({ length: around.horizon }, (_, index) => factorOf(dayOf(firstDay) + index, around));

/** Units of a usual day in the first days. */
function rateOf({ units, shares }: Start, days: number): number {
  let [sum, share] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    sum += units[day] as number;
    share += shares[day] as number;
  }
  return sum / Math.max(share, MIN_FACTOR);
}

const ratios = (units: readonly number[], shares: readonly number[]): number[] =>
  units.flatMap((each, day) =>
    (shares[day] as number) < MIN_FACTOR ? [] : [each / (shares[day] as number)],
  );

const meanOf = (values: readonly number[]): number =>
  values.reduce((all, each) => all + each, 0) / Math.max(1, values.length);

type Three = readonly [number, number, number];

function quantilesOf(values: readonly number[]): Three {
  const sorted = Float64Array.from(values).sort();
  const at = (level: number) => sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)] ?? 0;
  return [at(LEVELS[0]), at(LEVELS[1]), at(LEVELS[2])];
}

const timesOf = ([half, upper, highest]: Three, factor: number): ForecastDay['quantiles'] => ({
  ...{ '0.5': half * factor, '0.9': upper * factor, '0.95': highest * factor },
});

/** How far the same forecast would have been off for each SKU of the group. */
function errorOf(own: readonly Start[], level: number, ofDays: Three): Forecast['error'] {
  let [pinball, absolute, sold, days] = [0, 0, 0, 0];
  for (const { units, shares } of own)
    units.forEach((each, day) => {
      const share = shares[day] as number;
      LEVELS.forEach((quantile, place) => {
        const off = each - (ofDays[place] as number) * share;
        pinball += off > 0 ? quantile * off : (quantile - 1) * off;
      });
      absolute += Math.abs(each - level * share);
      sold += each;
      days += 1;
    });
  return { pinball: pinball / (3 * Math.max(1, days)), wape: sold > 0 ? absolute / sold : undefined };
}
