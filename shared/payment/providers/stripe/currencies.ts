import type { Currency } from '../../../kernel/currency.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { type Money, money } from '../../../kernel/money.ts';

/**
 * The number of Stripe's units in one of our minor units. Stripe's list of zero-decimal currencies and special cases
 * differs from ISO 4217. ISK has no minor unit in ISO 4217, but Stripe requires two decimals that
 * are 00. HUF and TWD have two decimals for charges (only payouts are in whole units). BHD and KWD are not offered:
 * Stripe requires the third decimal to be 0, and our totals may end in another digit. A currency that is not in this
 * table is refused.
 */
const STRIPE_UNITS_PER_OURS: Partial<Record<Currency, 1 | 100>> = {
  AED: 1, ARS: 1, AUD: 1, BRL: 1, CAD: 1, CHF: 1, CLP: 1, CNY: 1, COP: 1, CZK: 1, DKK: 1, EUR: 1, GBP: 1,
  HKD: 1, HUF: 1, IDR: 1, ILS: 1, INR: 1, ISK: 100, JPY: 1, KES: 1, KRW: 1, MXN: 1, MYR: 1, NGN: 1, NOK: 1,
  NZD: 1, PHP: 1, PLN: 1, RON: 1, SAR: 1, SEK: 1, SGD: 1, THB: 1, TRY: 1, TWD: 1, USD: 1, VND: 1, ZAR: 1,
}; // biome-ignore format: a table reads better in columns

/** Currencies in which Stripe can charge every amount of ours exactly. */
export const stripeCurrencies = Object.keys(STRIPE_UNITS_PER_OURS) as Currency[];

/** Stripe's smallest charges, in our minor units, from Stripe's list of minimum charge amounts. */
export const stripeMinAmountMinor: Partial<Record<Currency, number>> = {
  AED: 200, AUD: 50, BRL: 50, CAD: 50, CHF: 50, CZK: 1_500, DKK: 250, EUR: 50, GBP: 30, HKD: 400, HUF: 17_500,
  INR: 50, JPY: 50, MXN: 1_000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300, SGD: 50, THB: 1_000,
  USD: 50,
}; // biome-ignore format: a table reads better in columns

/**
 * The largest amounts in our minor units: Stripe's have twelve digits in IDR and eight in every other currency
 * (docs.stripe.com/currencies, minimum and maximum charge amounts).
 */
export const stripeMaxAmountMinor: Partial<Record<Currency, number>> = Object.fromEntries(
  Object.entries(STRIPE_UNITS_PER_OURS).map(([currency, factor]) => {
    const most = currency === 'IDR' ? 999_999_999_999 : 99_999_999;
    return [currency, Math.floor(most / factor)];
  }),
);

/** An amount in Stripe's units. Throws for a currency that we do not offer through Stripe. */
export function toStripeAmount(amount: Money): { readonly amount: number; readonly currency: string } {
  const factor = STRIPE_UNITS_PER_OURS[amount.currency];
  invariant(factor !== undefined, 'a payment is in a currency that its provider offers', {
    currency: amount.currency,
  });
  return { amount: amount.amountMinor * factor, currency: amount.currency.toLowerCase() };
}

/** Converts Stripe's amount to ours. Undefined for a currency or a fraction that we could not have requested. */
export function fromStripeAmount(amount: number, currency: string): Money | undefined {
  const ours = stripeCurrencies.find((one) => one.toLowerCase() === currency);
  const factor = ours && STRIPE_UNITS_PER_OURS[ours];
  if (ours === undefined || factor === undefined || amount % factor !== 0) return undefined;
  return money(amount / factor, ours);
}
