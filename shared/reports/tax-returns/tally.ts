import { add, type Money } from '../../kernel/money.ts';
import type { TaxEntry, TaxedAmount } from '../../timeline/index.ts';
import { type Period, periodOf } from './period.ts';
import type { SchemeReturn } from './schemes.ts';

/** The sum of a period's entries for one member state, place of dispatch, rate and currency. */
export interface TaxSum {
  /** The period of the sales: that of the return, or an earlier one that is corrected. */
  readonly period: Period;
  readonly memberState: string;
  /** Undefined if the scheme does not need it. */
  readonly dispatchedFrom: string | undefined;
  readonly rate: string;
  /** Orders whose payment was accepted. */
  readonly orders: number;
  readonly taxable: Money;
  readonly tax: Money;
}

export interface Tally {
  see(entry: TaxEntry): void;
  /** Orders whose payment was accepted in the period. */
  readonly orders: () => number;
  /** In no particular order. */
  readonly sums: () => readonly TaxSum[];
}

/** Adds entries up as they come. Its size grows with member states and rates, not with orders. */
export function createTally({ length, byDispatch }: SchemeReturn, timeZone: string): Tally {
  const sums = new Map<string, TaxSum>();
  let orders = 0;
  const seeAmount = (period: Period, isSale: boolean, amount: TaxedAmount) => {
    const { memberState, rate, taxable, tax } = amount;
    const dispatchedFrom = byDispatch ? amount.dispatchedFrom : undefined;
    const key = [period, memberState, dispatchedFrom, rate, tax.currency].join('|');
    const before = sums.get(key);
    sums.set(key, {
      period,
      memberState,
      dispatchedFrom,
      rate,
      orders: (before?.orders ?? 0) + (isSale ? 1 : 0),
      taxable: before === undefined ? taxable : add(before.taxable, taxable),
      tax: before === undefined ? tax : add(before.tax, tax),
    });
  };
  return {
    see({ kind, chargeableAt, amounts }) {
      const period = periodOf(chargeableAt, length, timeZone);
      if (kind === 'sale') orders += 1;
      for (const amount of amounts) seeAmount(period, kind === 'sale', amount);
    },
    orders: () => orders,
    sums: () => [...sums.values()],
  };
}
