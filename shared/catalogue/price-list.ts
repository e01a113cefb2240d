import * as z from 'zod';
import type { Country } from '../kernel/country.ts';
import { type Currency, currencySchema } from '../kernel/currency.ts';
import { formatMoney, type Money, money, moneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { spreadSchema } from '../rates/exchange-rates.ts';
import { convertPrice, type FxLock } from '../rates/fx-lock.ts';
import { priceRoundingSchema, roundPrice, wordsOf } from './price-rounding.ts';

/**
 * A price of a product. `taxIncluded`: in markets where the merchant quotes prices with tax, the shopper pays exactly
 * this.
 */
export const listedPriceSchema = moneySchema
  .extend({ taxIncluded: z.literal(true).optional() })
  .refine(({ amount }) => amount >= 0, { path: ['amount'], message: 'zero or more' })
  .meta({ id: 'ListedPrice', description: 'A price in one currency, without tax unless it says so' });

export type ListedPrice = z.infer<typeof listedPriceSchema>;

/** Whether the goods are given away: a sample, a replacement. Then every price of the product is zero. */
export const isGivenAway = (prices: readonly ListedPrice[]): boolean => prices[0]?.amount === 0;

/** How a merchant's prices are converted to other currencies and markets. */
export const pricingSettingsSchema = z
  .strictObject({
    /** Added to the locked rate when a price is converted; zero if absent. */
    spreadBasisPoints: spreadSchema.optional(),
    /** By currency; without a rule a converted price is rounded half up to the minor unit. */
    rounding: z.partialRecord(currencySchema, priceRoundingSchema).optional(),
    /** Destinations in which listed prices that include tax are used. */
    taxIncludedMarkets: z.array(givenCountrySchema).max(250).optional(),
  })
  .meta({ id: 'PricingSettings' });

export type PricingSettings = z.infer<typeof pricingSettingsSchema>;

/** The shopper's price of one unit, and how it was derived from the merchant's price. */
export interface UnitPrice {
  readonly price: Money;
  /** Whether the price includes the destination's tax. The quote finds the price without it. */
  readonly taxIncluded: boolean;
  /** The merchant's own price. */
  readonly base: Money;
  /** Listed in the shopper's currency, or converted from the base price. */
  readonly from: 'list' | 'conversion';
  /** `2190 JPY = 11.99 EUR x 180.0000 x 1.02 (spread 200 bp), to whole steps of 10`; absent for a listed price. */
  readonly formula?: string;
}

interface PriceContext {
  readonly currency: Currency;
  /** Destination of the goods. */
  readonly market: Country;
  /** Undefined where no rates are stored: listed prices need none. */
  readonly lock: FxLock | undefined;
  readonly settings?: PricingSettings | undefined;
}

/**
 * The price of a unit for a market, in a currency. A price listed in that currency wins; in markets that are quoted
 * with tax, the one with tax comes first. Otherwise the base price, the first of the list, is converted at the locked
 * rate with the merchant's spread, and rounded by the currency's rule. Undefined: there is no rate.
 */
export function unitPriceOf(prices: readonly ListedPrice[], context: PriceContext): UnitPrice | undefined {
  const { currency, market, lock, settings = {} } = context;
  const [first] = prices;
  if (first === undefined) throw new Error('a product has a base price');
  const base = moneyOf(first);
  // Goods that are given away cost nothing in any currency: there is nothing to convert, and nothing to round up.
  if (first.amount === 0) return { price: money(0, currency), taxIncluded: false, base, from: 'list' };
  const inCurrency = prices.filter((price) => price.currency === currency);
  const quotedWithTax = settings.taxIncludedMarkets?.includes(market) === true;
  const withTax = quotedWithTax ? inCurrency.find(({ taxIncluded }) => taxIncluded === true) : undefined;
  const listed = withTax ?? inCurrency.find(({ taxIncluded }) => taxIncluded !== true);
  if (listed !== undefined)
    return { price: moneyOf(listed), taxIncluded: listed === withTax, base, from: 'list' };
  const converted = lock === undefined ? undefined : convertPrice(lock, base, currency);
  if (lock === undefined || converted === undefined) return undefined;
  const rule = settings.rounding?.[currency] ?? ({ to: 'none' } as const);
  const price = roundPrice(converted, rule);
  const formula = `${formatMoney(price)} = ${formatMoney(base)}${rateInWords(lock, base.currency, currency)}, ${wordsOf(rule)}`;
  return { price, taxIncluded: false, base, from: 'conversion', formula };
}

const moneyOf = ({ amount, currency }: ListedPrice): Money => money(amount, currency);

/** The published rates of a conversion, as a formula shows them: ` / 0.8790 x 180.0000`. */
function rateInWords({ rates, base, spreadBasisPoints }: FxLock, from: Currency, to: Currency): string {
  const perFrom = from === base ? '' : ` / ${rates[from]}`;
  const perTo = to === base ? '' : ` x ${rates[to]}`;
  const spread =
    spreadBasisPoints === 0 ? '' : ` x ${spreadFactor(spreadBasisPoints)} (spread ${spreadBasisPoints} bp)`;
  return `${perFrom}${perTo}${spread}`;
}

/** 200 basis points as `1.02`. */
function spreadFactor(basisPoints: number): string {
  const digits = (10_000 + basisPoints).toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/0+$/, '');
}
