import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import type { Forecast, ForecastDay } from '../forecast/forecast.ts';
import { totalOverDays } from '../forecast/forecast.ts';
import { isAbout, problemOfSignal, type Signal, type SignalProblem } from './signal.ts';

/** A forecast with its signals, and the signals that could not be used. */
export interface Signalled {
  readonly forecast: Forecast;
  /** The ids of the signals that changed a day. */
  readonly applied: readonly string[];
  readonly refused: readonly { readonly id: string; readonly code: SignalProblem }[];
}

/**
 * The forecast with what is known of its days. Factors are multiplied, then units are added; nothing falls below 0. A
 * signal changes only its own days, SKUs and markets, and the totals that have such a day. The spread of a day and of a
 * total grows with its mean. The sequence of the signals does not matter.
 */
export function applySignals(
  forecast: Forecast,
  { signals }: { readonly signals: readonly Signal[] },
): Signalled {
  const refused = signals.flatMap((signal) => {
    const code = problemOfSignal(signal);
    return code === undefined ? [] : [{ id: signal.id, code }];
  });
  // In one sequence, so that the same signals give the same bytes.
  const usable = signals
    .filter((signal) => problemOfSignal(signal) === undefined && isAbout(signal, forecast))
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const applied = new Set<string>();
  const days = forecast.days.map((day, index) => {
    const on = usable.filter((signal) => covers(signal, dayAfter(forecast.firstDay, index)));
    for (const { id } of on) applied.add(id);
    return on.length === 0 ? day : changed(day, on);
  });
  return { forecast: { ...forecast, days, ...totalsOf(forecast, days) }, applied: [...applied], refused };
}

/**
 * The history as it would have been without the signals of the past, so that a campaign of last month is not read as
 * the level of next month. Units that a signal added are taken off; days of a signal with the factor 0 are censored.
 */
export function withoutSignals(
  series: DemandSeries,
  { signals }: { readonly signals: readonly Signal[] },
): DemandSeries {
  const usable = signals.filter((signal) => problemOfSignal(signal) === undefined && isAbout(signal, series));
  if (usable.length === 0) return series;
  const censored = [...series.censored];
  const units = series.units.map((each, index) => {
    const on = usable.filter((signal) => covers(signal, dayAfter(series.firstDay, index)));
    if (on.length === 0) return each;
    const { factor, added } = together(on);
    if (factor === 0) censored[index] = true;
    return factor === 0 ? each : Math.max(0, each - added) / factor;
  });
  return { ...series, units, censored };
}

const covers = ({ firstDay, lastDay }: Signal, day: CalendarDate): boolean =>
  firstDay <= day && day <= lastDay;

function together(signals: readonly Signal[]): { factor: number; added: number } {
  let [factor, added] = [1, 0];
  for (const { uplift } of signals) {
    if ('factor' in uplift) factor *= uplift.factor;
    else added += uplift.unitsADay;
  }
  return { factor, added };
}

function changed({ mean, quantiles }: ForecastDay, signals: readonly Signal[]): ForecastDay {
  const { factor, added } = together(signals);
  const of = (value: number) => Math.max(0, value * factor + added);
  return {
    mean: of(mean),
    quantiles: { '0.5': of(quantiles['0.5']), '0.9': of(quantiles['0.9']), '0.95': of(quantiles['0.95']) },
  };
}

/** Totals up to a changed day stay; later ones grow or fall with their mean. */
function totalsOf(
  { days: before, totals }: Forecast,
  days: readonly ForecastDay[],
): Pick<Forecast, 'totals'> {
  if (totals === undefined) return {};
  let [old, now] = [0, 0];
  return {
    totals: totals.map((total, index) => {
      old += before[index]?.mean ?? 0;
      now += days[index]?.mean ?? 0;
      if (old === now) return total;
      // Of nothing, no spread is known: that of the changed days as independent ones takes its place.
      if (old === 0) return spreadOf(totalOverDays(bare(days.slice(0, index + 1)), index + 1));
      const ratio = now / old;
      return {
        standardDeviation: total.standardDeviation * ratio,
        quantiles: {
          '0.5': total.quantiles['0.5'] * ratio,
          '0.9': total.quantiles['0.9'] * ratio,
          '0.95': total.quantiles['0.95'] * ratio,
        },
      };
    }),
  };
}

const bare = (days: readonly ForecastDay[]): Forecast => ({
  ...{ sku: '', market: '', firstDay: '', version: '', method: '' },
  error: { pinball: 0, wape: undefined },
  days,
});

const spreadOf = ({ standardDeviation, quantiles }: ReturnType<typeof totalOverDays>) => ({
  standardDeviation,
  quantiles,
});
