import type { Currency } from '../kernel/currency.ts';
import { convert, type Money } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { type ExchangeRates, type RateKind, rateBetween } from './exchange-rates.ts';
import { convertAmount, type FxLock } from './fx-lock.ts';

/** The tables that a quote can convert at. */
export interface RateTables {
  /** Undefined if no rates can be locked: none are stored, or they are stale. */
  readonly locked: FxLock | undefined;
  /** Monthly rates of the authorities, of any kind and month. */
  readonly customs: readonly ExchangeRates[];
}

/**
 * An amount converted as customs would convert it, with the rates: `none` needed, `locked`, `ecb 2026-11`, `hmrc
 * 2026-11`.
 */
export interface CustomsConversion {
  readonly amount: Money;
  readonly customsRate: string;
}

interface RateRule {
  readonly kind: RateKind;
  /** The name of the rates in a report. */
  readonly name: string;
}

/**
 * The rates by which a customs value is converted. The Union: those that the European Central Bank published on the
 * second-last Wednesday of the month before (Commission Implementing Regulation (EU) 2015/2447, Art. 146). Great
 * Britain: the monthly rates that HM Revenue & Customs publishes for customs and VAT. Elsewhere: the locked rate. The
 * United States use the Federal Reserve's rate of the day of export (19 CFR 159.32-159.34), which is not known when a
 * basket is priced. For the other countries we read no table yet.
 */
const RATE_RULES: Readonly<Record<string, RateRule>> = {
  eu: { kind: 'eu-customs-month', name: 'ecb' },
  gb: { kind: 'hmrc-month', name: 'hmrc' },
};

/**
 * How a regime converts a customs value on a date in the destination. If the month's table is missing, or lacks one of
 * the two currencies, the locked rate is used and the answer says so. Undefined when the locked rates lack a currency
 * too.
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
