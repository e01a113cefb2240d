import { convert, inverse, type Money, ratioOf } from '../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import type { ExchangeRates } from '../../rates/index.ts';

/** Whether a stored table is one of the European Central Bank's. */
export const isOfTheEcb = ({ base, source }: ExchangeRates): boolean =>
  base === 'EUR' && /\b(European Central Bank|ECB)\b/i.test(source);

/** The amount in euro at the published rates, half up; undefined if its currency has no rate. */
export function inEuro(amount: Money, published: ExchangeRates | undefined): Money | undefined {
  if (amount.currency === 'EUR') return amount;
  const rate = published?.rates[amount.currency];
  return rate === undefined ? undefined : convert(amount, 'EUR', inverse(ratioOf(rate)));
}

/**
 * The day of the rates that convert a return: the last day of its period or, if the European Central Bank publishes
 * nothing on that day, the next day of publication (Directive 2006/112/EC, Art. 369h, 369u).
 */
export function publicationDayFor(lastDay: CalendarDate): CalendarDate {
  return isPublicationDay(lastDay) ? lastDay : publicationDayFor(dayAfter(lastDay, 1));
}

/** Fixed days on which the payment system TARGET is closed, and on which no reference rates are published. */
const closedOn: readonly string[] = ['01-01', '05-01', '12-25', '12-26'];

function isPublicationDay(date: CalendarDate): boolean {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  if (weekday === 0 || weekday === 6 || closedOn.includes(date.slice(5))) return false;
  const easter = easterSunday(Number(date.slice(0, 4)));
  return date !== dayAfter(easter, -2) && date !== dayAfter(easter, 1);
}

/** By the Gregorian computus of Meeus, Jones and Butcher. */
function easterSunday(year: number): CalendarDate {
  const whole = (a: number, b: number) => Math.floor(a / b);
  const golden = year % 19;
  const century = whole(year, 100);
  const corrected = whole(century - whole(century + 8, 25) + 1, 3);
  const epact = (19 * golden + century - whole(century, 4) - corrected + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * whole(year % 100, 4) - epact - (year % 4)) % 7;
  const shift = whole(golden + 11 * epact + 22 * weekday, 451);
  const days = epact + weekday - 7 * shift + 114;
  return new Date(Date.UTC(year, whole(days, 31) - 1, (days % 31) + 1)).toISOString().slice(0, 10);
}
