import type { CatalogueStore } from '../../catalogue/index.ts';
import type { SellerRegistrations } from '../../duties/index.ts';
import type { Country } from '../../kernel/country.ts';
import { defined } from '../../kernel/defined.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { CalendarDate, Instant } from '../../kernel/time.ts';
import { calendarDateIn } from '../../kernel/zoned-time.ts';
import type { QuoteDeps } from '../ports.ts';
import { QuoteRates } from '../quote-rates.ts';
import { regimeOf, type UnsupportedDestination } from '../unsupported-destination.ts';
import { type CheckContext, checkProduct } from './check-product.ts';
import type { CheckedProduct } from './checked-product.ts';

type Policy = NonNullable<SellerRegistrations['classification']>;

export interface CatalogueCheck extends Pick<CheckContext, 'from' | 'units' | 'channel' | 'freightPercent'> {
  readonly country: Country;
  /** Today in the market if absent. */
  readonly date?: CalendarDate | undefined;
  /** The seller's own if absent. */
  readonly policy?: Policy | undefined;
  readonly limit: number;
  /** Where an earlier answer ended. */
  readonly cursor?: string | undefined;
}

interface CheckedPage {
  /** Of the rules. */
  readonly version: string;
  readonly date: CalendarDate;
  readonly policy: Policy;
  readonly products: CheckedProduct[];
  readonly cursor?: string | undefined;
}

type CheckDeps = Pick<QuoteDeps, 'rates' | 'rules'> & {
  readonly catalogue: Pick<CatalogueStore, 'productPage' | 'seller'>;
};

/**
 * Prices one order of each product of a page of the catalogue to a market, with the rules, editions, exchange rates and
 * registrations that a quote would use now, and says what is missing. Nothing is stored.
 */
export async function checkCatalogue(
  { catalogue, rates, rules }: CheckDeps,
  { country, limit, cursor, ...asked }: CatalogueCheck,
  now: Instant,
): Promise<Result<CheckedPage, UnsupportedDestination>> {
  const regime = regimeOf({ country });
  if (!regime.ok) return regime;
  const [page, seller, exchangeRates, customsRates, book] = await Promise.all([
    catalogue.productPage({ limit, cursor }),
    catalogue.seller(),
    rates.current(),
    rates.customs(),
    rules.current(country),
  ]);
  const date = asked.date ?? calendarDateIn(regime.value.timeZone, now);
  const policy = asked.policy ?? seller?.classification ?? 'refuse';
  const given = {
    exchangeRates,
    customsRates,
    spreadBasisPoints: seller?.pricing?.spreadBasisPoints,
    now,
    date,
  };
  const context: CheckContext = {
    ...{ date, from: asked.from, units: asked.units, channel: asked.channel },
    ...{ freightPercent: asked.freightPercent, rules: book, seller: { ...seller, classification: policy } },
    convert: new QuoteRates(regime.value, given).convertForCustoms,
  };
  const products = page.products.map((product) => checkProduct(product, country, context));
  return ok({ version: book.version, date, policy, products, ...defined({ cursor: page.cursor }) });
}
