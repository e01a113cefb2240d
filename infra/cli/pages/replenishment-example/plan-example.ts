import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import type { Forecast } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastSeries } from '../../../../shared/replenishment/forecast/forecast-series.ts';
import { trainPool } from '../../../../shared/replenishment/forecast/pool.ts';
import { classify } from '../../../../shared/replenishment/policy/classes.ts';
import { normalDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';
import { comparePrices } from '../../../../shared/replenishment/purchasing/compare-prices.ts';
import { planSite } from '../../../../shared/replenishment/run/plan-site.ts';
import {
  type SiteHistory,
  salesOfSite,
  seriesOfSite,
} from '../../../../shared/replenishment/run/site-history.ts';
import { exampleSales } from './read-sales.ts';
import { DAY, FIRST_DAY, IN_STOCK, NOW, SALE_PRICE, SITE, SKU, settings, supplier } from './terms.ts';

const HORIZON = 28;

export interface ExamplePlan {
  readonly history: SiteHistory;
  readonly forecast: Forecast;
  readonly plan: SkuPlan;
  /** Units of each week from the first day on; the last one is whole. */
  readonly weeks: readonly { readonly from: string; readonly units: number }[];
}

/** The plan of the product, by the functions that a run calls. */
export function planExample(): ExamplePlan {
  const rows = exampleSales().map(({ day, order, units }) => ({
    ...{ sku: SKU, warehouseId: SITE, day, orderId: order, units, added: 0, market: '' },
  }));
  const sales = salesOfSite(rows, { firstDay: FIRST_DAY, lastDay: dayAfter(DAY, -1) });
  const weeks = weeksOf(sales.units);
  const history = { ...sales, ...classOf(weeks.map(({ units }) => units)) };
  const series = seriesOfSite(history);
  if (series === undefined) throw new Error('the example has sales');
  const forecast = forecastSeries(series, { horizon: HORIZON, pool: trainPool([series], HORIZON) });
  if (!forecast.ok) throw new Error(`the example has a forecast: ${forecast.error}`);
  const { plan } = planSite(
    {
      ...{ history, forecast: forecast.value, open: [] },
      stock: { available: IN_STOCK, reserved: 0, quarantined: 0, inTransit: 0 },
    },
    {
      ...{ day: DAY, now: NOW, settings, sites: new Set([SITE]) },
      suppliersOf: () => [supplier],
      outcomesOf: () => [],
      pricesIn: (currency) => comparePrices(currency, { rates: undefined, now: NOW }),
      orderedOf: () => new Map(),
    },
  );
  return { history, forecast: forecast.value, plan, weeks };
}

function weeksOf(units: readonly number[]) {
  return Array.from({ length: Math.floor(units.length / 7) }, (_, week) => ({
    from: dayAfter(FIRST_DAY, week * 7),
    units: units.slice(week * 7, week * 7 + 7).reduce((all, each) => all + each, 0),
  }));
}

/** The class of the product on its own: a run compares it with the other products. */
function classOf(weeks: readonly number[]): Pick<SiteHistory, 'skuClass' | 'serviceLevel'> {
  const mean = weeks.reduce((all, each) => all + each, 0) / weeks.length;
  const variance = weeks.reduce((all, each) => all + (each - mean) ** 2, 0) / weeks.length;
  const yearlyMinor = Math.round(mean * 52 * SALE_PRICE.amountMinor);
  const [own] = classify([
    { sku: SKU, yearlyMinor, demand: normalDemand(mean, Math.sqrt(variance)) },
  ]).classes;
  if (own === undefined) throw new Error('the example has a class');
  return { skuClass: `${own.value}${own.variability}`, serviceLevel: own.serviceLevel };
}
