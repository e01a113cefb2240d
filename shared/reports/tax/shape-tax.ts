import type * as z from 'zod';
import { regimeFor } from '../../duties/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { add, type Money, money } from '../../kernel/money.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { type RateBook, rateBook, type ratesQuery } from '../lake/rate-book.ts';
import { atPrescribed, prescribedTable } from './prescribed-rate.ts';
import type { leftOwed, prescribedRates, schemeOwed } from './tax-queries.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];
type OwedRow = Rows<typeof leftOwed>[number];

interface Found {
  readonly left: Rows<typeof leftOwed>;
  readonly schemes: Rows<typeof schemeOwed>;
  readonly prescribed: Rows<typeof prescribedRates>;
  readonly rates: Rows<typeof ratesQuery>;
}

/** The rows of the report on tax and duty, from what the lake has. */
export function shapeTax(found: Found) {
  const book = rateBook(found.rates);
  const groups = Map.groupBy([...found.left, ...found.schemes], keyOf);
  const owed = [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rows]) => owedOf(rows, book, found.prescribed));
  const byAuthority = Map.groupBy(owed, ({ row }) => JSON.stringify([row.authority, row.what]));
  return {
    rows: {
      owed: owed.map(({ row }) => row),
      'by-authority': [...byAuthority.values()].map((own) => ({
        authority: own[0]?.row.authority ?? '',
        what: own[0]?.row.what ?? '',
        locked: totalOf(own.map(({ row }) => row.locked)),
        prescribed: totalOf(own.map(({ row }) => row.prescribed)),
      })),
    },
    notCounted: owed.flatMap(({ missing }) => missing),
  };
}

const keyOf = ({ authority, what, regime, scheme, currency }: OwedRow): string =>
  JSON.stringify([authority, what, regime, scheme, currency]);

/** The debts of one authority and scheme in one currency, and what could not be converted of them. */
function owedOf(rows: readonly OwedRow[], book: RateBook, prescribed: Found['prescribed']) {
  const { authority, what, regime, scheme, currency } = rows[0] as OwedRow;
  const all = (figure: 'added' | 'taken' | 'orders') => rows.reduce((sum, row) => sum + row[figure], 0);
  const to = regimeFor(authority.slice(0, 2))?.currency;
  const locked =
    to === undefined
      ? null
      : totalOf(rows.map((row) => book.convert(netOf(row), to, rateDayOf(row)) ?? null));
  const official = prescribedOf(rows, authority, prescribed);
  const row = {
    ...{ authority, what, regime, scheme, currency, orders: all('orders') },
    ...{ added: money(all('added'), currency), taken: money(all('taken'), currency) },
    net: money(all('added') - all('taken'), currency),
    ...{ locked, prescribed: official.amount },
  };
  const missing: NotCounted[] = [
    ...(locked === null ? [noRate('no-rate', `${authority} in ${currency}, which has no locked rate`)] : []),
    ...official.missing.map((of) =>
      noRate('no-prescribed-rate', `${authority} in ${currency}, whose rates of ${of} are not stored`),
    ),
  ];
  return { row, missing };
}

const noRate = (code: string, of: string): NotCounted => ({
  code,
  says: `debts to ${of}: they are in the charged amounts and in no converted one`,
  count: 1,
});

const netOf = ({ added, taken, currency }: OwedRow): Money => money(added - taken, currency);
const rateDayOf = ({ locked_day, placed_day }: OwedRow) => ({ lockedDay: locked_day, placedDay: placed_day });

/** The net of each month, converted once at the rates that the authority prescribes for it. */
function prescribedOf(rows: readonly OwedRow[], authority: string, rates: Found['prescribed']) {
  const missing: string[] = [];
  const amounts = [...Map.groupBy(rows, ({ month }) => month)].map(([month, own]) => {
    const table = prescribedTable(authority, month);
    if (table === undefined) return null;
    const made = atPrescribed(own.map(netOf).reduce(add), table, rates);
    if (made === undefined) missing.push(table.of);
    return made ?? null;
  });
  return { amount: totalOf(amounts), missing: [...new Set(missing)] };
}

/** The sum in one currency; null if an amount is missing, or if there is none. */
function totalOf(amounts: readonly (Money | null)[]): Money | null {
  const known = amounts.filter((each): each is Money => each !== null);
  const currencies = new Set<Currency>(known.map(({ currency }) => currency));
  return known.length === amounts.length && currencies.size === 1 ? known.reduce(add) : null;
}
