import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { dayOf } from '../../kernel/zoned-time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import { type Forecast, totalOverDays } from '../forecast/forecast.ts';
import { forecastSeries } from '../forecast/forecast-series.ts';
import { trainPool } from '../forecast/pool.ts';
import { applySignals, withoutSignals } from '../signals/apply-signals.ts';
import { asPlanned, type SoldByMarket, signalsAtSite, type UnitsByMarket } from '../signals/at-site.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import { forecastNewProduct, type LikeGroup } from './new-products/forecast-new-product.ts';
import type { ProfileOf } from './new-products/group-profile.ts';
import { type SiteHistory, seriesOfSite } from './site-history.ts';

/** Days that are forecast; after them, the last week repeats. */
const HORIZON = 28;
/** Signals of later days are read by the runs to come. */
const MAX_DAYS = 180;
const WEEK = 7;

/** A forecast, or why there is none; and the signals that changed it. */
interface SiteForecast {
  readonly forecast: Forecast | string;
  readonly signals: readonly StoredSignal[];
  /** The group whose first days a new product is forecast by. */
  readonly like?: LikeGroup;
}

/** What a batch is forecast by, besides its sales. */
interface Given {
  readonly day: CalendarDate;
  readonly signals: readonly StoredSignal[];
  /** Without it, new products have no forecast but their own. */
  readonly profileOf?: ProfileOf;
}

/**
 * Forecasts with what the SKUs of a batch say together. Signals of the past are taken out of the history, and those to
 * come change their own days, as early as their stock has to be there.
 */
export function forecastBatch(
  lines: readonly SiteHistory[],
  { day, signals, profileOf = () => undefined }: Given,
): (line: SiteHistory) => SiteForecast {
  const everywhere = unitsOfSkus(lines);
  const soldOf = ({ sku, markets }: SiteHistory): SoldByMarket => ({
    here: markets,
    everywhere: everywhere.get(sku) ?? {},
  });
  const cleaned = (line: SiteHistory): DemandSeries | undefined => {
    const series = seriesOfSite(line);
    if (series === undefined || signals.length === 0) return series;
    return withoutSignals(series, { signals: signalsAtSite(signals, { ...line, sold: soldOf(line) }) });
  };
  const pool = trainPool(
    lines.flatMap((line) => cleaned(line) ?? []),
    HORIZON,
  );
  return (line) => {
    const series = cleaned(line);
    const own = series === undefined ? undefined : forecastSeries(series, { horizon: HORIZON, pool });
    const made = forecastNewProduct(line, own?.ok ? own.value : undefined, { day, profileOf });
    const forecast = made?.forecast ?? (own?.ok ? own.value : undefined);
    if (forecast === undefined)
      return { forecast: own?.ok === false ? own.error : 'no-history', signals: [] };
    const toCome = signals.filter(({ lastDay }) => lastDay >= day);
    const changed = signalled(forecast, toCome, { ...line, sold: soldOf(line) });
    return made === undefined ? changed : { ...changed, like: made.like };
  };
}

function signalled(
  forecast: Forecast,
  toCome: readonly StoredSignal[],
  site: Pick<SiteHistory, 'sku' | 'hsCode'> & { readonly sold: SoldByMarket },
): SiteForecast {
  const planned = toCome.flatMap((signal) =>
    signalsAtSite([signal], site).map((each) => asPlanned(each, signal.stockDaysBefore)),
  );
  const last = planned
    .map(({ lastDay }) => lastDay)
    .toSorted()
    .at(-1);
  if (last === undefined) return { forecast, signals: [] };
  // A week without signals at the end, because the last week is what repeats.
  const days = dayOf(last) - dayOf(forecast.firstDay) + 1 + WEEK;
  const { forecast: changed, applied } = applySignals(prolonged(forecast, Math.min(days, MAX_DAYS)), {
    signals: planned,
  });
  return { forecast: changed, signals: toCome.filter(({ signalId }) => applied.includes(signalId)) };
}

/** The same forecast with more days written out. */
function prolonged(forecast: Forecast, days: number): Forecast {
  const known = forecast.days.length;
  if (days <= known) return forecast;
  const week = forecast.days.slice(-WEEK);
  const more = Array.from({ length: days - known }, (_, at) => week[at % week.length] ?? week[0]);
  const totals = Array.from({ length: days }, (_, at) => {
    const { standardDeviation, quantiles } = totalOverDays(forecast, at + 1);
    return { standardDeviation, quantiles };
  });
  return { ...forecast, days: [...forecast.days, ...more.flatMap((each) => each ?? [])], totals };
}

function unitsOfSkus(lines: readonly SiteHistory[]): ReadonlyMap<string, UnitsByMarket> {
  const bySku = new Map<string, Record<string, number>>();
  for (const { sku, markets } of lines) {
    const sums = bySku.get(sku) ?? {};
    for (const [market, units] of Object.entries(markets)) sums[market] = (sums[market] ?? 0) + units;
    bySku.set(sku, sums);
  }
  return bySku;
}

/** From which day on signals are read, for a history of that number of days. */
export const signalsFrom = (day: CalendarDate, historyDays: number): CalendarDate =>
  dayAfter(day, -historyDays);
