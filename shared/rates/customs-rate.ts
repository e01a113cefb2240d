import type { Currency } from '../kernel/currency.ts';
import { convert, type Money } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { type ExchangeRates, type RateKind, rateBetween } from './exchange-rates.ts';
import { convertAmount, type FxLock } from './fx-lock.ts';

/** The tables that a quote can convert at. */
export interface RateTables {
  /** Undefined where nothing can be locked: no rates are stored, or they are stale. */
  readonly locked: FxLock | undefined;
  /** Monthly rates of the authorities, of any kind and month. */
  readonly customs: readonly ExchangeRates[];
}

/** An amount converted as customs would, and at which rates: `none` needed, `locked`, `ecb 2026-11`, `hmrc 2026-11`. */
export interface CustomsConversion {
  readonly amount: Money;
  readonly customsRate: string;
}

interface RateRule {
  readonly kind: RateKind;
  /** How the rates are called in a report. */
  readonly name: string;
}

/**
 * Which rates a customs value is converted at. The Union's: those that the European Central Bank published on the
 * second-last Wednesday of the month before (Commission Implementing Regulation (EU) 2015/2447, Art. 146). Great
 * Britain's: the monthly rates that HM Revenue & Customs publishes for customs and VAT. Elsewhere, the locked
 * rate: the United States take the Federal Reserve's rate of the day of export (19 CFR 159.32-159.34), which
 * nobody knows when a basket is priced; for the others no table is read yet.
 */
const RATE_RULES: Readonly<Record<string, RateRule>> = {
  eu: { kind: 'eu-customs-month', name: 'ecb' },
  gb: { kind: 'hmrc-month', name: 'hmrc' },
};

/**
 * How a regime converts a customs value on a date in the destination. Where the month's table is missing, or has
 * no rate for one of the two currencies, the locked rate stands in and the answer says so; undefined when that
 * has none either.
 */
export function customsRateFor(
  regimeCode: string,
  date: CalendarDate,
  tables: RateTables,
): (amount: Money, to: Currency) => CustomsConversion | undefined {
  const rule = Object.hasOwn(RATE_RULES, regimeCode) ? RATE_RULES[regimeCode] : undefined;
  const month = date.slice(0, 7);
  const table = tables.customs.find((each) => each.kind === rule?.kind && each.month === month);
  return (amount, to) => {
    if (amount.currency === to) return { amount, customsRate: 'none' };
    const rate = table === undefined ? undefined : rateBetween(table, amount.currency, to);
    if (rate !== undefined && rule !== undefined)
      return { amount: convert(amount, to, rate), customsRate: `${rule.name} ${month}` };
    const locked = tables.locked === undefined ? undefined : convertAmount(tables.locked, amount, to);
    return locked === undefined ? undefined : { amount: locked, customsRate: 'locked' };
  };
}
