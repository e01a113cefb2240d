import { bookableNetwork, isSold } from '../catalogue/index.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import { calendarDateIn } from '../kernel/zoned-time.ts';
import type { QuoteDeps } from './ports.ts';
import type { QuoteRequest } from './quote.ts';
import { type SellableProduct, sellableIn } from './sellable-products.ts';
import { regimeOf, type UnsupportedDestination } from './unsupported-destination.ts';

/**
 * Today's date in the market, and the products in the order in which they were asked for, without unknown and retired
 * ones.
 */
export async function listSellable(
  deps: Pick<QuoteDeps, 'catalogue' | 'stock' | 'rates' | 'rules' | 'knownPartners'>,
  destination: QuoteRequest['destination'],
  skus: readonly string[],
  now: Instant,
): Promise<Result<{ date: CalendarDate; products: SellableProduct[] }, UnsupportedDestination>> {
  const regime = regimeOf(destination);
  if (!regime.ok) return regime;
  const [products, network, seller = {}, stock, exchangeRates, customsRates, rules] = await Promise.all([
    deps.catalogue.productsBySku(skus),
    deps.catalogue.network(),
    deps.catalogue.seller(),
    deps.stock.availability(skus),
    deps.rates.current(),
    deps.rates.customs(),
    deps.rules.current(destination.country),
  ]);
  const { warehouses } = bookableNetwork(network, deps.knownPartners);
  const date = calendarDateIn(regime.value.timeZone, now);
  const market = { destination, seller, warehouses, stock, date, exchangeRates, customsRates, rules, now };
  const sellable = sellableIn(products.filter(isSold), market);
  return ok({ date, products: sellable.toSorted((a, b) => skus.indexOf(a.sku) - skus.indexOf(b.sku)) });
}
