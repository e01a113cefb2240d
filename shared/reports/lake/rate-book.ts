import * as z from 'zod';
import { type Currency, currencySchema } from '../../kernel/currency.ts';
import { convert, inverse, type Money, type Ratio, ratioOf } from '../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { dayCell, lakeQuery } from './lake-report.ts';

/** The exchange rates of the lake that a quote can have locked. Of two tables of a day, the later one is read last. */
export const ratesQuery = lakeQuery(
  { published: dayCell, base: currencySchema, currency: currencySchema, rate: z.string() },
  ({ until }) => `
    SELECT CAST(r.date AS VARCHAR) AS published, r.base AS base, r.currency AS currency, r.rate AS rate
    FROM ${until('rates')} r
    WHERE r.kind IN ('daily', 'additional')
    ORDER BY r.date, r.kind DESC, r.recorded_at, r.currency`,
);

type RateRow = z.infer<typeof ratesQuery.row>;

/** The day of an order's rates: the locked ones, or those that a quote of that day would have locked. */
export interface RateDay {
  /** The day on which the locked rates were published; null if the order converted nothing. */
  readonly lockedDay: CalendarDate | null;
  /** The UTC day on which the order was placed. */
  readonly placedDay: CalendarDate;
}

export interface RateBook {
  /** The amount in another currency, half up; undefined if a currency had no rate on that day. */
  readonly convert: (amount: Money, to: Currency, day: RateDay) => Money | undefined;
}

/** Banks publish on working days: rates serve until the fourth day after their own, as in a quote. */
const LASTS_DAYS = 4;

/** Converts amounts at the published rates of a day. A day without rates has those of the last days before it. */
export function rateBook(rows: readonly RateRow[]): RateBook {
  const byDay = new Map<CalendarDate, Map<string, Ratio>>();
  for (const { published, base, currency, rate } of rows) {
    const ofDay = byDay.get(published) ?? new Map<string, Ratio>();
    byDay.set(published, ofDay.set(`${base}>${currency}`, ratioOf(rate)));
  }
  const bases = [...new Set(rows.map(({ base }) => base))].sort();
  const onDay = (day: CalendarDate, from: Currency, to: Currency): Ratio | undefined =>
    bases.map((base) => throughBase(byDay.get(day), base, { from, to })).find((rate) => rate !== undefined);
  return {
    convert: (amount, to, { lockedDay, placedDay }) => {
      if (amount.currency === to) return amount;
      const start = lockedDay ?? placedDay;
      for (let back = 0; back <= LASTS_DAYS; back += 1) {
        const rate = onDay(dayAfter(start, -back), amount.currency, to);
        if (rate !== undefined) return convert(amount, to, rate);
      }
      return undefined;
    },
  };
}

/** Units of `to` for one of `from`, by the rates of a day against one base. */
function throughBase(
  rates: ReadonlyMap<string, Ratio> | undefined,
  base: Currency,
  { from, to }: { readonly from: Currency; readonly to: Currency },
): Ratio | undefined {
  const one: Ratio = { numerator: 1n, denominator: 1n };
  const perBase = (currency: Currency) => (currency === base ? one : rates?.get(`${base}>${currency}`));
  const [fromRate, toRate] = [perBase(from), perBase(to)];
  if (fromRate === undefined || toRate === undefined || fromRate.numerator === 0n) return undefined;
  const inverted = inverse(fromRate);
  return {
    numerator: toRate.numerator * inverted.numerator,
    denominator: toRate.denominator * inverted.denominator,
  };
}
