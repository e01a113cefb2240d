import { type Currency, isCurrency, minorDigits } from '../../../kernel/currency.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { type Money, money } from '../../../kernel/money.ts';

/**
 * The decimal places of Adyen's amounts (docs.adyen.com/development-resources/currency-codes). They are those of ISO
 * 4217 but for CLP and ISK, which have two there, and IDR, which has none. A currency that is not here is refused.
 */
const ADYEN_DIGITS: Partial<Record<Currency, number>> = {
  AED: 2, ARS: 2, AUD: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 2, CNY: 2, COP: 2, CZK: 2, DKK: 2, EUR: 2,
  GBP: 2, HKD: 2, HUF: 2, IDR: 0, ILS: 2, INR: 2, ISK: 2, JPY: 0, KES: 2, KRW: 0, KWD: 3, MXN: 2, MYR: 2,
  NGN: 2, NOK: 2, NZD: 2, PHP: 2, PLN: 2, RON: 2, SAR: 2, SEK: 2, SGD: 2, THB: 2, TRY: 2, TWD: 2, USD: 2,
  VND: 0, ZAR: 2,
}; // biome-ignore format: a table reads better in columns

export const adyenCurrencies = Object.keys(ADYEN_DIGITS) as Currency[];

/** The currencies in which Adyen knows fewer decimal places than ISO 4217, with their number. */
export const fewerDigits = Object.fromEntries(
  adyenCurrencies
    .filter((currency) => (ADYEN_DIGITS[currency] ?? 0) < minorDigits(currency))
    .map((currency) => [currency, ADYEN_DIGITS[currency]]),
) as Partial<Record<Currency, number>>;

/** Adyen's form of an amount. */
export interface AdyenAmount {
  readonly currency: string;
  readonly value: number;
}

/** An amount in Adyen's units. Throws for one that Adyen can't state exactly: such a method is not on offer. */
export function toAdyenAmount({ amountMinor, currency }: Money): AdyenAmount {
  const digits = ADYEN_DIGITS[currency];
  invariant(digits !== undefined, 'a payment is in a currency that its provider offers', { currency });
  const value = shift(amountMinor, digits - minorDigits(currency));
  invariant(Number.isSafeInteger(value), 'an amount has no more decimal places than its provider takes', {
    currency,
  });
  return { currency, value };
}

/** Adyen's amount in our units. Undefined for a currency or a fraction that we could not have requested. */
export function fromAdyenAmount({ value, currency }: AdyenAmount): Money | undefined {
  const digits = isCurrency(currency) ? ADYEN_DIGITS[currency] : undefined;
  if (!isCurrency(currency) || digits === undefined) return undefined;
  const amountMinor = shift(value, minorDigits(currency) - digits);
  return Number.isSafeInteger(amountMinor) ? money(amountMinor, currency) : undefined;
}

/** Moves the decimal point by a number of places. Exact, or no whole number. */
const shift = (value: number, places: number): number =>
  places < 0 ? value / 10 ** -places : value * 10 ** places;
