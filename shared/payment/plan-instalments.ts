import { type InstalmentPlan, MAX_INSTALMENTS } from '../../events/instalments.ts';
import type { InstalmentSettings } from '../catalogue/index.ts';
import type { Country } from '../kernel/country.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Money, multiply, subtract, times, toJson } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { amountStep } from './amount-digits.ts';
import type { OfferedMethod } from './provider.ts';

/** After how many days of the due date a declined instalment is tried again, unless the merchant says otherwise. */
const RETRY_AFTER_DAYS = [3, 7] as const;

/**
 * The instalments of a total: equal amounts in whole steps of the currency, the first with the remainder, one a month
 * from the day on (UTC). The day of the month is that of the first; where a month is shorter, its last day: 31 January,
 * 28 February, 31 March. `step` is the smallest unit that the provider takes, in minor units. Undefined: the total is
 * too small for that count.
 */
export function planInstalments(
  total: Money,
  {
    count,
    from,
    step = 1,
    retryAfterDays = RETRY_AFTER_DAYS,
  }: {
    readonly count: number;
    readonly from: CalendarDate;
    readonly step?: number;
    readonly retryAfterDays?: readonly number[];
  },
): InstalmentPlan | undefined {
  invariant(
    Number.isInteger(count) && count >= 2 && count <= MAX_INSTALMENTS,
    'a plan has 2 to 24 instalments',
    {
      count,
    },
  );
  const share = { numerator: 1n, denominator: BigInt(count * step) };
  const each = times(multiply(total, share, 'down'), step);
  if (each.amountMinor <= 0) return undefined;
  const first = subtract(total, times(each, count - 1));
  const instalments = Array.from({ length: count }, (_, index) => ({
    n: index + 1,
    amount: toJson(index === 0 ? first : each),
    dueOn: monthsAfter(from, index),
  }));
  return { instalments, retryAfterDays: [...retryAfterDays] };
}

/** The same day that number of months later, or the last day of that month if it has no such day. */
export function monthsAfter(day: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDay))).toISOString().slice(0, 10);
}

/**
 * Whether such a plan is a regulated credit is for the merchant to know: nothing here limits its length. In the
 * European Union, Directive (EU) 2023/2225, Art. 2(2)(h), leaves out deferred payments only where no third party offers
 * credit, the price is free of interest and of charges but limited ones for late payment, and all is paid within 50
 * days of the delivery; within 14 days where the supplier is no micro, small or medium-sized enterprise and sells by
 * distance contracts online. It applies from 20 November 2026 (Art. 48(1)).
 *
 * The plans that a method offers for an amount: those of the merchant's settings, if the provider can charge later and
 * takes each instalment. Empty if the merchant offers none there: nothing is offered without the setting.
 */
export function plansFor(
  entry: OfferedMethod,
  query: { readonly country: Country; readonly total: Money; readonly today: CalendarDate },
  settings: InstalmentSettings | undefined,
): InstalmentPlan[] {
  if (settings === undefined || entry.chargesLater !== true) return [];
  const { country, total, today: from } = query;
  const { currency, amountMinor } = total;
  const { counts, countries, minAmounts, retryAfterDays } = settings;
  if (countries !== undefined && !countries.includes(country)) return [];
  const least = minAmounts.find((one) => one.currency === currency)?.amount;
  if (least === undefined || amountMinor < least) return [];
  const step = amountStep(entry, currency);
  const smallest = entry.minAmountMinor?.[currency] ?? 1;
  return counts.flatMap((count) => {
    const plan = planInstalments(total, {
      ...{ count, from, step },
      ...(retryAfterDays === undefined ? {} : { retryAfterDays }),
    });
    const isTaken = plan?.instalments.every(({ amount }) => amount.amount >= smallest) === true;
    return plan !== undefined && isTaken ? [plan] : [];
  });
}
