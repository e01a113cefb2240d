import { type Currency, currencies } from '../../kernel/currency.ts';
import type { RateKind } from '../exchange-rates.ts';

/** A table of rates in the form of `PUT /v1/admin/exchange-rates`: units of each currency for one unit of `base`. */
export interface RateTable {
  readonly id: string;
  readonly base: Currency;
  readonly date: string;
  readonly source: string;
  readonly kind: RateKind;
  /** The month of monthly rates, YYYY-MM. */
  readonly month?: string;
  readonly rates: Readonly<Partial<Record<Currency, string>>>;
  /** Until when the rates are used, where that is later than for rates of other publishers. */
  readonly expiresAt?: string;
}

/** Units of each currency for one unit of the base currency, as published on that day. */
export interface DayOfRates {
  readonly date: string;
  readonly rates: RateTable['rates'];
}

/** An error in a file, with its line, counted from 1 as in an editor. */
export interface FileProblem {
  readonly line: number;
  readonly reason: string;
}

/** The contents of a file, or all its errors: one error rejects the whole file. */
export type ReadFile<T> =
  | { readonly ok: true; readonly value: T; readonly unknownCurrencies: readonly string[] }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

export interface RateRow {
  readonly line: number;
  readonly currency: string;
  readonly rate: string;
}

export interface CheckedRates {
  readonly rates: RateTable['rates'];
  readonly unknownCurrencies: readonly string[];
  readonly errors: readonly FileProblem[];
}

/**
 * The rows as rates of known currencies. Unknown currencies are listed and left out. A currency may occur twice with
 * the same rate, because HMRC lists countries. It may not have two rates.
 */
export function checkRows(rows: readonly RateRow[]): CheckedRates {
  const rates: Partial<Record<Currency, string>> = {};
  const unknown = new Set<string>();
  const errors: FileProblem[] = [];
  for (const { line, currency, rate } of rows) {
    const reason = whyNot(currency, rate);
    if (reason !== undefined) errors.push({ line, reason });
    else if (!isKnown(currency)) unknown.add(currency);
    else if (rates[currency] !== undefined && rates[currency] !== rate)
      errors.push({ line, reason: `${currency} has two rates: ${rates[currency]} and ${rate}` });
    else rates[currency] = rate;
  }
  return { rates, unknownCurrencies: [...unknown].sort(), errors };
}

const isKnown = (code: string): code is Currency => (currencies as readonly string[]).includes(code);

function whyNot(currency: string, rate: string): string | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return `${JSON.stringify(currency)} is not a currency code`;
  if (!/^\d{1,9}(\.\d{1,10})?$/.test(rate) || !/[1-9]/.test(rate))
    return `the rate of ${currency} is not a number above zero: ${JSON.stringify(rate)}`;
  return undefined;
}
