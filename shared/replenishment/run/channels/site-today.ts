import type { Warehouse } from '../../../catalogue/index.ts';
import { regimeFor } from '../../../duties/index.ts';
import type { Country } from '../../../kernel/country.ts';
import type { SiteToPlan } from '../site-to-plan.ts';
import { FOUR_WEEKS } from '../supplier-of-site.ts';
import type { MarketDemand } from './market-demand.ts';

/** Whether goods that lie in the one country need no customs entry to be sold in the other. */
export const isWithinMarket = (country: Country, market: Country): boolean =>
  country === market || (regimeFor(country) !== undefined && regimeFor(country) === regimeFor(market));

/** Stock and open orders of a SKU at a site. */
export type StockedSite = Pick<SiteToPlan, 'stock' | 'open' | 'leaving'> & {
  readonly history: Pick<SiteToPlan['history'], 'sku' | 'warehouseId'>;
};

/** Units of a SKU at a site that can be sold, and those of its open orders. */
function unitsAt({ stock, open, leaving = 0 }: StockedSite): number {
  const ordered = open.reduce((sum, each) => sum + Math.max(0, each.ordered - each.received), 0);
  return Math.max(0, stock.available - leaving) + ordered;
}

/**
 * The site from which a market gets a SKU today. Stock in the market, with its open orders, decides if it lasts for
 * four weeks of the market's demand: then the move into the market was made. If not, it is the site that sent most
 * there in the last ninety days, among those that still have something; and if none has, among all. Undefined where
 * nothing was sent.
 */
export function siteToday(
  { market, perDay, sent }: MarketDemand,
  sites: readonly StockedSite[],
  warehouses: ReadonlyMap<string, Pick<Warehouse, 'address'>>,
): string | undefined {
  const known = sites.filter(({ history }) => warehouses.has(history.warehouseId));
  const within = known.filter((site) => {
    const country = warehouses.get(site.history.warehouseId)?.address.country;
    return country !== undefined && isWithinMarket(country, market);
  });
  const lasting = within.filter((site) => perDay > 0 && unitsAt(site) >= FOUR_WEEKS * perDay);
  const sentBy = ({ history }: StockedSite) => sent.get(history.warehouseId) ?? 0;
  const senders = known.filter((site) => sentBy(site) > 0);
  const stocked = senders.filter((site) => unitsAt(site) > 0);
  if (lasting.length > 0) return idOfMost(lasting, sentBy, unitsAt);
  return idOfMost(stocked.length > 0 ? stocked : senders, sentBy, unitsAt);
}

/** The site with the most by the first figure, then by the second one, then by its code. */
function idOfMost(
  sites: readonly StockedSite[],
  ...figures: readonly ((site: StockedSite) => number)[]
): string | undefined {
  const [first] = sites.toSorted((a, b) => {
    const differing = figures.map((of) => of(b) - of(a)).find((difference) => difference !== 0);
    return differing ?? (a.history.warehouseId < b.history.warehouseId ? -1 : 1);
  });
  return first?.history.warehouseId;
}
