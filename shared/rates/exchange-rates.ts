import * as z from 'zod';
import { type Currency, currencySchema } from '../kernel/currency.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Ratio, ratioOf } from '../kernel/money.ts';
import { calendarDateSchema, dayMs, type Instant, instantSchema, later } from '../kernel/time.ts';

const rateSchema = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,10})?$/, 'a decimal number')
  .refine((rate) => /[1-9]/.test(rate), 'more than zero');

/**
 * The use of a table of rates: quotes lock `daily` rates, and `additional` rates of currencies that the daily table
 * lacks; customs authorities prescribe the monthly ones for declared values.
 */
export const rateKinds = ['daily', 'additional', 'eu-customs-month', 'hmrc-month'] as const;
export type RateKind = (typeof rateKinds)[number];

/** The most that a merchant may add for currency risk: 20 %. */
export const spreadSchema = z
  .int()
  .min(0)
  .max(2_000)
  .meta({ description: 'Basis points added when a price is converted into the currency of the shopper' });

/** A calendar month, `2026-11`. */
const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, YYYY-MM')
  .meta({ description: 'Calendar month', example: '2026-11' });

/** Units of each currency for one unit of `base`, as published on `date`. */
export const exchangeRatesSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    base: currencySchema,
    date: calendarDateSchema,
    /** The publisher. */
    source: z.string().min(1).max(120),
    rates: z.partialRecord(currencySchema, rateSchema),
    /** Absent: `daily`. */
    kind: z.enum(rateKinds).optional(),
    /** The month that monthly rates are for; `daily` rates have none. */
    month: monthSchema.optional(),
    /** In basis points. Replaces the merchant's own spread. */
    spreadBasisPoints: spreadSchema.optional(),
    /** When the rates stop being used. Absent: after the fourth day that follows `date`, in UTC. */
    expiresAt: instantSchema.optional(),
  })
  .refine(({ kind = 'daily', month }) => kind.endsWith('-month') === (month !== undefined), {
    path: ['month'],
    message: 'monthly rates name their month, daily and additional rates have none',
  })
  .meta({ id: 'ExchangeRates' });

export type ExchangeRates = z.infer<typeof exchangeRatesSchema>;

/** Rates as a request sends them, with the checks that concern several fields. */
export const exchangeRatesBodySchema = exchangeRatesSchema
  .superRefine(({ base, rates, date, expiresAt }, { addIssue }) => {
    const wrong = (path: string[], message: string) => addIssue({ code: 'custom', path, message });
    const own = rates[base];
    if (own !== undefined && !/^1(\.0*)?$/.test(own)) wrong(['rates', base], 'the base is worth 1 of itself');
    if (Object.keys(rates).every((currency) => currency === base)) wrong(['rates'], `no rate but of ${base}`);
    if (expiresAt !== undefined && expiresAt.slice(0, 10) < date)
      wrong(['expiresAt'], `before ${date}, on which the rates were published`);
  })
  .meta({ id: 'ExchangeRatesToStore' });

/**
 * Banks publish on working days. The rates of a Friday, or of the day before a public holiday, have to last some days.
 */
const LASTS_DAYS = 4;

/** The instant from which the rates are no longer used. */
export function ratesExpireAt({ date, expiresAt }: Pick<ExchangeRates, 'date' | 'expiresAt'>): Instant {
  return expiresAt ?? later(`${date}T00:00:00.000Z`, (LASTS_DAYS + 1) * dayMs);
}

/**
 * Whether daily or additional rates are dated in the future everywhere on Earth. They would stay the latest ones until
 * that day came.
 * Monthly rates may be published before their month.
 */
export function areYetToCome({ month, date }: ExchangeRates, now: Instant): boolean {
  return month === undefined && date > later(now, dayMs).slice(0, 10);
}

/** Units of `to` for one unit of `from`, through the base, exact; undefined when one of them has no rate. */
export function rateBetween(
  rates: Pick<ExchangeRates, 'base' | 'rates'>,
  from: Currency,
  to: Currency,
): Ratio | undefined {
  const fromBase = perBase(rates, from);
  const toBase = perBase(rates, to);
  if (fromBase === undefined || toBase === undefined) return undefined;
  invariant(fromBase.numerator > 0n, 'a rate is more than zero');
  return {
    numerator: toBase.numerator * fromBase.denominator,
    denominator: toBase.denominator * fromBase.numerator,
  };
}

function perBase(rates: Pick<ExchangeRates, 'base' | 'rates'>, currency: Currency): Ratio | undefined {
  if (currency === rates.base) return { numerator: 1n, denominator: 1n };
  const rate = rates.rates[currency];
  return rate === undefined ? undefined : ratioOf(rate);
}
