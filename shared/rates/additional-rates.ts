import type { Currency } from '../kernel/currency.ts';
import { divide, ratioOf } from '../kernel/money.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import { type ExchangeRates, ratesExpireAt } from './exchange-rates.ts';

/** Where rates come from that the daily table lacks, by currency. */
export type OtherSources = Readonly<
  Partial<Record<Currency, { readonly date: CalendarDate; readonly source: string }>>
>;

/** The daily rates of the latest day, with the rates of other currencies that were stored beside them. */
export type RatesInUse = ExchangeRates & { readonly others?: OtherSources };

/**
 * The daily rates with the additional ones. The daily table comes first: a currency that it has keeps its rate.
 * Expired additional rates are left out, and so are rates for one unit of a currency that the daily table lacks.
 */
export function withAdditional(
  daily: ExchangeRates,
  additional: readonly ExchangeRates[],
  now: Instant,
): RatesInUse {
  const rates: Partial<Record<Currency, string>> = { ...daily.rates };
  const others: { -readonly [Each in keyof OtherSources]: OtherSources[Each] } = {};
  for (const table of additional) {
    if (now >= ratesExpireAt(table)) continue;
    for (const [currency, rate] of Object.entries(table.rates) as [Currency, string][]) {
      const perBase = currency === daily.base ? undefined : perDailyBase(daily, table.base, rate);
      if (perBase === undefined || daily.rates[currency] !== undefined) continue;
      rates[currency] = perBase;
      others[currency] = { date: table.date, source: table.source };
    }
  }
  return Object.keys(others).length === 0 ? daily : { ...daily, rates, others };
}

const DECIMALS = 10;

/** A rate for one unit of `base` as a rate for one unit of the daily table's base, to ten decimals, half up. */
function perDailyBase(daily: ExchangeRates, base: Currency, rate: string): string | undefined {
  if (base === daily.base) return rate;
  const ofBase = daily.rates[base];
  if (ofBase === undefined) return undefined;
  const [a, b] = [ratioOf(rate), ratioOf(ofBase)];
  const scaled = divide(
    a.numerator * b.numerator * 10n ** BigInt(DECIMALS),
    a.denominator * b.denominator,
    'half-up',
  );
  if (scaled === 0n) return undefined;
  const digits = scaled.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`;
}
