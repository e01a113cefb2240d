import * as z from 'zod';

/**
 * Minor-unit digits by currency, ISO 4217 (list one, 2024-06-25): only currencies that a storefront, a
 * declaration or a settlement of ours can use. A currency that is not here is refused, never guessed at two.
 */
const MINOR_DIGITS = {
  AED: 2, ARS: 2, AUD: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, COP: 2, CZK: 2, DKK: 2, EUR: 2,
  GBP: 2, HKD: 2, HUF: 2, IDR: 2, ILS: 2, INR: 2, ISK: 0, JPY: 0, KES: 2, KRW: 0, KWD: 3, MXN: 2, MYR: 2,
  NGN: 2, NOK: 2, NZD: 2, PHP: 2, PLN: 2, RON: 2, SAR: 2, SEK: 2, SGD: 2, THB: 2, TRY: 2, TWD: 2, USD: 2,
  VND: 0, ZAR: 2,
} as const; // biome-ignore format: a table reads better in columns

/** ISO 4217 alphabetic code of a currency that the product knows. */
export type Currency = keyof typeof MINOR_DIGITS;

export const currencies = Object.keys(MINOR_DIGITS) as Currency[];

/** Whether it is the code of a currency that can be used, in capital letters. */
export const isCurrency = (code: string): code is Currency => Object.hasOwn(MINOR_DIGITS, code);

export const currencySchema = z
  .enum(currencies as [Currency, ...Currency[]])
  .meta({ id: 'Currency', description: 'ISO 4217 alphabetic currency code', example: 'EUR' });

/** How many decimal digits the currency's minor unit has (JPY 0, EUR 2, BHD 3). */
export function minorDigits(currency: Currency): number {
  return MINOR_DIGITS[currency];
}
