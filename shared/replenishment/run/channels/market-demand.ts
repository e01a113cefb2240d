import type { Country } from '../../../kernel/country.ts';
import { demandOf } from '../forecast-demand.ts';
import type { SiteToPlan } from '../site-to-plan.ts';
import { FOUR_WEEKS } from '../supplier-of-site.ts';

/** What a market takes of a SKU. */
export interface MarketDemand {
  readonly market: Country;
  /** The mean of a day, by the forecasts of the sites that sent there. */
  readonly perDay: number;
  /** Units of the last ninety days by the site that sent them. */
  readonly sent: ReadonlyMap<string, number>;
}

/**
 * The demand of a SKU by market, in the order of the countries: the forecast of each site, shared as its sales of the
 * last ninety days. A site without a forecast, or with a forecast that is no number, adds nothing to the demand.
 */
export function marketDemands(sites: readonly SiteToPlan[]): MarketDemand[] {
  const found = new Map<Country, { perDay: number; sent: Map<string, number> }>();
  for (const { history, forecast } of sites) {
    const all = Object.values(history.markets).reduce((sum, units) => sum + units, 0);
    const mean = typeof forecast === 'string' ? 0 : demandOf(forecast)(FOUR_WEEKS).mean / FOUR_WEEKS;
    for (const [market, units] of Object.entries(history.markets)) {
      if (units <= 0) continue;
      const own = found.get(market) ?? { perDay: 0, sent: new Map<string, number>() };
      own.perDay += Number.isFinite(mean) ? (Math.max(0, mean) * units) / all : 0;
      own.sent.set(history.warehouseId, (own.sent.get(history.warehouseId) ?? 0) + units);
      found.set(market, own);
    }
  }
  return [...found]
    .map(([market, demand]) => ({ market, ...demand }))
    .toSorted((a, b) => (a.market < b.market ? -1 : 1));
}
