import type { Currency } from '../../kernel/currency.ts';
import { convert, fromJson, type MoneyJson } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import { type RatesInUse, rateBetween, ratesExpireAt } from '../../rates/index.ts';

/** Compares prices in one currency. */
export interface PriceComparison {
  /** The price in minor units of the currency; undefined where there is no rate of today. */
  readonly comparable: (price: MoneyJson) => number | undefined;
  /** The rate by which a price was compared, for a reason; undefined where none was needed. */
  readonly rateText: (price: MoneyJson) => string | undefined;
}

/**
 * Prices in one currency, by the stored rates while these are in use: rounded half up to the minor unit. A price in the
 * currency itself needs no rate. No spread is added, because nothing is sold at these rates. Pure.
 */
export function comparePrices(
  to: Currency,
  { rates, now }: { readonly rates: RatesInUse | undefined; readonly now: Instant },
): PriceComparison {
  const inUse = rates === undefined || now >= ratesExpireAt(rates) ? undefined : rates;
  const rateOf = (from: Currency) => (inUse === undefined ? undefined : rateBetween(inUse, from, to));
  return {
    comparable: (price) => {
      if (price.currency === to) return price.amount;
      const rate = rateOf(price.currency);
      return rate === undefined ? undefined : convert(fromJson(price), to, rate, 'half-up').amountMinor;
    },
    rateText: ({ currency }) => {
      const rate = currency === to ? undefined : rateOf(currency);
      if (rate === undefined || inUse === undefined) return undefined;
      const { date, source } = inUse.others?.[currency] ?? inUse.others?.[to] ?? inUse;
      const figure = Number(rate.numerator) / Number(rate.denominator);
      return `rate: 1 ${currency} = ${figure.toPrecision(6)} ${to} (${source}, ${date})`;
    },
  };
}
