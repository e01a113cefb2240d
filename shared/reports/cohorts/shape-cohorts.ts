import type * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { add, divide, type Money, money, multiply, subtract, zero } from '../../kernel/money.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { Converter } from '../lake/converter.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import type { cohortOrders, cohortRefunds, marketingSpent } from './cohort-queries.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];

interface Found {
  readonly orders: Rows<typeof cohortOrders>;
  readonly refunds: Rows<typeof cohortRefunds>;
  readonly marketing: Rows<typeof marketingSpent>;
  readonly rates: Rows<typeof ratesQuery>;
}

/** What one group of a cohort's orders brought, in the currency of the report. */
interface Part {
  readonly first: string;
  readonly market: string;
  readonly month: string;
  readonly customers: number;
  readonly orders: number;
  readonly gross: Money;
  readonly refunds: Money;
}

/** The rows of the report on cohorts, from what the lake has. */
export function shapeCohorts(found: Found, { currency }: ShapeContext<unknown>) {
  const converter = new Converter(rateBook(found.rates), currency);
  const parts = partsOf(found, currency, converter);
  const spent = marketingOf(found.marketing, converter);
  const byCohort = groupsOf(parts, ({ first, market }) => [first, market]).map(([own]) => ({
    ...{ month: own[0]?.first || null, market: own[0]?.market || null },
    ...cohortOf(own, spent.get(`${own[0]?.first} ${own[0]?.market}`), currency),
  }));
  const byAge = groupsOf(parts, ({ first, month }) => [first, first === '' ? '' : ageOf(first, month)]);
  return {
    rows: {
      'by-cohort': byCohort,
      'by-age': byAge.map(([own]) => {
        const [{ first, month }] = own as readonly [Part, ...Part[]];
        return {
          month: first || null,
          age: first === '' ? null : Number(ageOf(first, month)),
          ...revenueOf(own, currency),
        };
      }),
    },
    notCounted: [...converter.notCounted(), ...notKnown(parts, byCohort)],
  };
}

function partsOf({ orders, refunds }: Found, currency: Currency, converter: Converter): Part[] {
  const none = { customers: 0, orders: 0, gross: zero(currency), refunds: zero(currency) };
  const of = (row: Found['orders'][number] | Found['refunds'][number]) => ({
    ...{ first: row.first_month ?? '', market: row.first_country ?? '', month: row.month },
    ...none,
  });
  const dayOf = (row: { readonly locked_day: string | null; readonly placed_day: string }) => ({
    ...{ lockedDay: row.locked_day, placedDay: row.placed_day },
  });
  return [
    ...orders.map((row) => {
      const given = { gross: money(row.gross, row.currency) };
      const made = converter.convert(given, dayOf(row), { what: 'orders', count: row.orders });
      return { ...of(row), customers: row.customers, orders: row.orders, ...made };
    }),
    ...refunds.map((row) => {
      const given = { refunds: money(row.refunded, row.currency) };
      const made = converter.convert(given, dayOf(row), { what: 'refunds', count: row.refunds });
      return { ...of(row), ...made };
    }),
  ];
}

/** What was spent in each month and market; no entry where one of its amounts has no rate. */
function marketingOf(rows: Found['marketing'], converter: Converter): Map<string, Money> {
  const groups = Map.groupBy(rows, ({ month, country }) => `${month} ${country}`);
  return new Map(
    [...groups].flatMap(([key, own]): [string, Money][] => {
      const made = own.map(({ amount, currency, spent_on }) =>
        converter.convert(
          { amount: money(amount, currency) },
          { lockedDay: spent_on, placedDay: spent_on },
          { what: 'days of marketing', count: 1 },
        ),
      );
      const known = made.flatMap((each) => (each === undefined ? [] : [each.amount]));
      return known.length === own.length ? [[key, known.reduce(add)]] : [];
    }),
  );
}

/** The groups of parts with the same key, in the order of their keys; what has no cohort is last. */
function groupsOf(
  parts: readonly Part[],
  keyOf: (part: Part) => readonly string[],
): [readonly Part[], string][] {
  const groups = [...Map.groupBy(parts, (part) => JSON.stringify(keyOf(part)))];
  const place = ([part]: readonly Part[], key: string) => (part?.first === '' ? `~${key}` : key);
  return groups
    .map(([key, own]): [readonly Part[], string] => [own, place(own, key)])
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Whole months between two, in three digits so that they sort. */
function ageOf(first: string, month: string): string {
  const number = (of: string) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
  return String(number(month) - number(first)).padStart(3, '0');
}

function revenueOf(parts: readonly Part[], currency: Currency) {
  const all = (figure: 'gross' | 'refunds') =>
    parts.reduce((sum, part) => add(sum, part[figure]), zero(currency));
  const [gross, refunds] = [all('gross'), all('refunds')];
  const orders = parts.reduce((sum, part) => sum + part.orders, 0);
  return { orders, gross, refunds, net: subtract(gross, refunds) };
}

function cohortOf(parts: readonly Part[], marketing: Money | undefined, currency: Currency) {
  const revenue = revenueOf(parts, currency);
  const customers = parts.reduce((sum, part) => sum + part.customers, 0);
  const mean = (of: Money | undefined): Money | null =>
    of === undefined || customers === 0
      ? null
      : multiply(of, { numerator: 1n, denominator: BigInt(customers) });
  const [lifetime, acquisition] = [mean(revenue.net), mean(marketing)];
  return {
    ...{ customers, ...revenue, lifetime, marketing: marketing ?? null, acquisition },
    ratio: partOf(lifetime, acquisition),
  };
}

function partOf(part: Money | null, whole: Money | null): number | null {
  if (part === null || whole === null || whole.amountMinor === 0) return null;
  return Number(divide(BigInt(part.amountMinor) * 10_000n, BigInt(whole.amountMinor), 'half-up')) / 10_000;
}

function notKnown(
  parts: readonly Part[],
  cohorts: readonly { readonly month: string | null; readonly marketing: Money | null }[],
): NotCounted[] {
  const orders = parts.filter(({ first }) => first === '').reduce((sum, part) => sum + part.orders, 0);
  const without = cohorts.filter(({ month, marketing }) => month !== null && marketing === null).length;
  return [
    ...(orders === 0
      ? []
      : [{ code: 'no-cohort', says: 'orders whose customer the lake does not know', count: orders }]),
    ...(without === 0
      ? []
      : [{ code: 'no-marketing-cost', says: 'cohorts whose marketing cost is not known', count: without }]),
  ];
}
