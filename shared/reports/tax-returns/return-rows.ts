import type { Currency } from '../../kernel/currency.ts';
import { defined } from '../../kernel/defined.ts';
import { add, fromJson, type Money, type MoneyJson, sum, toJson } from '../../kernel/money.ts';
import type { ExchangeRates } from '../../rates/index.ts';
import { inEuro } from './euro-rates.ts';
import { lastCorrectionDayOf, lastDayOf, type Period } from './period.ts';
import type { TaxSum } from './tally.ts';
import type { CorrectionRow, SalesRow, TaxReturn } from './tax-return.ts';

interface Rows extends Pick<TaxReturn, 'sales' | 'corrections' | 'balances' | 'totals'> {
  readonly missing: readonly { readonly period: Period; readonly currency: Currency }[];
}

/**
 * The rows of a return and their totals. Each sum is converted and rounded once, half up, before adding, so that the
 * rows add up to the totals. A correction is converted at the rates of the period that it corrects, so that it reverses
 * the stated amount.
 */
export function rowsOf(
  sums: readonly TaxSum[],
  period: Period,
  publishedFor: (period: Period) => ExchangeRates | undefined,
): Rows {
  const rows = [...Map.groupBy(sums.toSorted(inOrder), rowKey).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, row: rowOf(group, publishedFor(first.period)) }];
  });
  const sales: SalesRow[] = rows.filter(({ first }) => first.period === period).map(({ row }) => row);
  const corrections: CorrectionRow[] = rows
    .filter(({ first, row }) => first.period !== period && row.charged.some(isSomething))
    .map(({ first, row: { orders: _, ...row } }) => ({
      ...row,
      period: first.period,
      isInTime: lastDayOf(period) <= lastCorrectionDayOf(first.period),
    }));
  const inTime = corrections.filter(({ isInTime }) => isInTime);
  const missing = sums.filter(
    ({ period: of, tax }) => tax.currency !== 'EUR' && inEuro(tax, publishedFor(of)) === undefined,
  );
  const byState = Map.groupBy([...sales, ...inTime], ({ memberState }) => memberState);
  const total = (amounts: readonly { tax: MoneyJson }[]) => euros(amounts.map(({ tax }) => tax));
  return {
    sales,
    corrections,
    balances: [...byState]
      .map(([memberState, of]) => ({ memberState, tax: total(of) }))
      .toSorted(byMemberState),
    totals: {
      taxable: euros(sales.map(({ taxable }) => taxable)),
      tax: total(sales),
      corrections: total(inTime),
      balance: total([...sales, ...inTime]),
    },
    missing: [...new Map(missing.map((each) => [`${each.period}|${each.tax.currency}`, each])).values()].map(
      (each) => ({ period: each.period, currency: each.tax.currency }),
    ),
  };
}

function rowOf(group: readonly TaxSum[], published: ExchangeRates | undefined): SalesRow {
  const [{ memberState, dispatchedFrom, rate }] = group as readonly [TaxSum, ...TaxSum[]];
  const converted = group.flatMap(({ taxable, tax }) => {
    const [ofTaxable, ofTax] = [inEuro(taxable, published), inEuro(tax, published)];
    return ofTaxable === undefined || ofTax === undefined ? [] : [{ taxable: ofTaxable, tax: ofTax }];
  });
  const all = (amounts: readonly Money[]) => toJson(sum(amounts, 'EUR'));
  return {
    memberState,
    ...defined({ dispatchedFrom }),
    rate,
    orders: group.reduce((count, { orders }) => count + orders, 0),
    taxable: all(converted.map(({ taxable }) => taxable)),
    tax: all(converted.map(({ tax }) => tax)),
    charged: group.map(({ taxable, tax }) => ({
      taxable: toJson(taxable),
      tax: toJson(tax),
      isConverted: inEuro(tax, published) !== undefined,
    })),
  };
}

const euros = (amounts: readonly MoneyJson[]): MoneyJson =>
  toJson(amounts.map(fromJson).reduce(add, fromJson({ amount: 0, currency: 'EUR' })));

const isSomething = ({ taxable, tax }: SalesRow['charged'][number]) =>
  taxable.amount !== 0 || tax.amount !== 0;

const rowKey = ({ period, memberState, dispatchedFrom = '', rate }: TaxSum) =>
  [period, memberState, dispatchedFrom, rate].join('|');

/** `5.5` before `19`. */
const sortable = (rate: string) => rate.padStart(rate.length + 3 - (rate.split('.')[0] ?? '').length, '0');

/** By period, states and rate, and then the currency. */
function inOrder(a: TaxSum, b: TaxSum): number {
  const key = ({ period, memberState, dispatchedFrom = '', rate, tax }: TaxSum) =>
    [period, memberState, dispatchedFrom, sortable(rate), tax.currency].join('|');
  return key(a) < key(b) ? -1 : 1;
}

const byMemberState = (a: { memberState: string }, b: { memberState: string }) =>
  a.memberState < b.memberState ? -1 : 1;
