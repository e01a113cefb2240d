import { type CalendarDate, dayAfter, type Instant } from '../../kernel/time.ts';

/** Fixed days on which the payment system TARGET is closed, and on which no reference rates are published. */
const closedOn: readonly string[] = ['01-01', '05-01', '12-25', '12-26'];

/** Whether the European Central Bank publishes rates on this day: the working days of TARGET. */
export function isEcbPublicationDay(date: CalendarDate): boolean {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  if (weekday === 0 || weekday === 6 || closedOn.includes(date.slice(5))) return false;
  const easter = easterSunday(Number(date.slice(0, 4)));
  return date !== dayAfter(easter, -2) && date !== dayAfter(easter, 1);
}

/** The last day up to this one on which the European Central Bank publishes rates. */
export const ecbDayUpTo = (date: CalendarDate): CalendarDate =>
  isEcbPublicationDay(date) ? date : ecbDayUpTo(dayAfter(date, -1));

/**
 * The instant until which rates of the European Central Bank may be used: the end of the day after its next
 * publication. A person has that day to act if the publication was missed.
 */
export function ecbRatesExpireAt(date: CalendarDate): Instant {
  let next = dayAfter(date, 1);
  while (!isEcbPublicationDay(next)) next = dayAfter(next, 1);
  return `${dayAfter(next, 2)}T00:00:00.000Z`;
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
