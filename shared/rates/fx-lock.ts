import type { Currency } from '../kernel/currency.ts';
import { convert, type Money, type Ratio } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type CalendarDate, type Instant, later } from '../kernel/time.ts';
import type { OtherSources, RatesInUse } from './additional-rates.ts';
import { type ExchangeRates, rateBetween, ratesExpireAt } from './exchange-rates.ts';

/** The exchange rates of one quote, fixed for as long as the quote is valid. */
export interface FxLock {
  /** Of the table of rates. */
  readonly id: string;
  readonly base: Currency;
  readonly rates: ExchangeRates['rates'];
  /** The day on which the rates were published. */
  readonly date: CalendarDate;
  readonly source: string;
  /** The rates that are not of this table, by currency. */
  readonly others?: OtherSources;
  /** Added to the merchant's prices when they are converted, and to nothing else; a hundredth of a percent each. */
  readonly spreadBasisPoints: number;
  readonly lockedAt: Instant;
  readonly expiresAt: Instant;
}

/** The table of rates is too old to use. */
export interface StaleRates {
  readonly reason: 'stale-rates';
  readonly detail: string;
}

/**
 * Locks a table of rates for `lifetimeMs` from `now`. The spread is the table's own, or else the merchant's. An expired
 * table is refused, because its prices would be wrong.
 */
export function lockRates(
  rates: RatesInUse,
  given: {
    readonly now: Instant;
    readonly lifetimeMs: number;
    readonly spreadBasisPoints?: number | undefined;
  },
): Result<FxLock, StaleRates> {
  const staleFrom = ratesExpireAt(rates);
  if (given.now >= staleFrom) {
    const detail = `the exchange rates of ${rates.date} (${rates.source}) expired at ${staleFrom}`;
    return refused({ reason: 'stale-rates', detail });
  }
  return ok({
    id: rates.id,
    base: rates.base,
    rates: rates.rates,
    date: rates.date,
    source: rates.source,
    ...(rates.others === undefined ? {} : { others: rates.others }),
    spreadBasisPoints: rates.spreadBasisPoints ?? given.spreadBasisPoints ?? 0,
    lockedAt: given.now,
    expiresAt: later(given.now, given.lifetimeMs),
  });
}

/** The rate with the spread added: a shopper who pays in another currency than the merchant's pays that much more. */
function withSpread(rate: Ratio, spreadBasisPoints: number): Ratio {
  return {
    numerator: rate.numerator * BigInt(10_000 + spreadBasisPoints),
    denominator: rate.denominator * 10_000n,
  };
}

/** A merchant's price in another currency: at the locked rate with the spread, half up. Undefined without a rate. */
export function convertPrice(lock: FxLock, price: Money, to: Currency): Money | undefined {
  if (price.currency === to) return price;
  const rate = rateBetween(lock, price.currency, to);
  return rate === undefined ? undefined : convert(price, to, withSpread(rate, lock.spreadBasisPoints));
}

/**
 * Any other amount in another currency, such as duty, tax, fees and thresholds: at the locked rate alone, half up.
 * Amounts owed to an authority carry no spread. Undefined without a rate.
 */
export function convertAmount(lock: FxLock, amount: Money, to: Currency): Money | undefined {
  if (amount.currency === to) return amount;
  const rate = rateBetween(lock, amount.currency, to);
  return rate === undefined ? undefined : convert(amount, to, rate);
}
