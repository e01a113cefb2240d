import * as z from 'zod';
import { type Currency, currencySchema } from '../kernel/currency.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Ratio, ratioOf } from '../kernel/money.ts';
import { calendarDateSchema } from '../kernel/time.ts';

const rateSchema = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,10})?$/, 'a decimal number')
  .refine((rate) => /[1-9]/.test(rate), 'more than zero');

/** Units of each currency for one unit of `base`, as published on `date`. */
export const exchangeRatesSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    base: currencySchema,
    date: calendarDateSchema,
    /** Who published them. */
    source: z.string().min(1).max(120),
    rates: z.partialRecord(currencySchema, rateSchema),
  })
  .meta({ id: 'ExchangeRates' });

export type ExchangeRates = z.infer<typeof exchangeRatesSchema>;

/** Units of `to` for one unit of `from`, through the base, exact; undefined when one of them has no rate. */
export function rateBetween(rates: ExchangeRates, from: Currency, to: Currency): Ratio | undefined {
  const fromBase = perBase(rates, from);
  const toBase = perBase(rates, to);
  if (fromBase === undefined || toBase === undefined) return undefined;
  invariant(fromBase.numerator > 0n, 'a rate is more than zero');
  return {
    numerator: toBase.numerator * fromBase.denominator,
    denominator: toBase.denominator * fromBase.numerator,
  };
}

function perBase(rates: ExchangeRates, currency: Currency): Ratio | undefined {
  if (currency === rates.base) return { numerator: 1n, denominator: 1n };
  const rate = rates.rates[currency];
  return rate === undefined ? undefined : ratioOf(rate);
}
