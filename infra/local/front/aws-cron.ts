/** A parsed AWS cron expression: minutes, hours, months and years in order, and which days of a month count. */
export interface AwsCron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  /** Whether the day of the month (from 1) counts. */
  matchesDay(year: number, month: number, day: number): boolean;
}

type DayTest = (year: number, month: number, day: number) => boolean;

interface Range {
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
  /** Names of the values, the first of which means `lowest`. */
  readonly names?: readonly string[];
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const minute: Range = { name: 'minutes', lowest: 0, highest: 59 };
const hour: Range = { name: 'hours', lowest: 0, highest: 23 };
const dayOfMonth: Range = { name: 'day of month', lowest: 1, highest: 31 };
const month: Range = { name: 'month', lowest: 1, highest: 12, names: monthNames };
const dayOfWeek: Range = { name: 'day of week', lowest: 1, highest: 7, names: dayNames };
const year: Range = { name: 'year', lowest: 1970, highest: 2199 };

/**
 * Parses the six fields `minutes hours day-of-month month day-of-week year` (Amazon EventBridge user guide, "Cron
 * expressions"): Sunday is day 1, exactly one of the two day fields is `?`.
 * Throws an Error that names the field for anything that EventBridge would refuse.
 */
export function parseAwsCron(expression: string): AwsCron {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 6)
    throw new Error(`cron(${expression}): expected six fields, found ${fields.length}`);
  const [minutes = '', hours = '', monthDay = '', months = '', weekDay = '', years = ''] = fields;
  if ((monthDay === '?') === (weekDay === '?')) {
    throw new Error(`cron(${expression}): exactly one of day of month and day of week must be ?`);
  }
  return {
    minutes: [...parseValues(minutes, minute)].sort(byValue),
    hours: [...parseValues(hours, hour)].sort(byValue),
    months: parseValues(months, month),
    years: parseValues(years, year),
    matchesDay: weekDay === '?' ? parseMonthDays(monthDay) : parseWeekDays(weekDay),
  };
}

/** Days in the month, leap years by the Gregorian rule; the month counts from 1. */
export function daysInMonth(ofYear: number, ofMonth: number): number {
  return new Date(Date.UTC(ofYear, ofMonth, 0)).getUTCDate();
}

function parseMonthDays(field: string): DayTest {
  if (field === 'L') return (y, m, day) => day === daysInMonth(y, m);
  if (field === 'LW') return (y, m, day) => day === nearestWeekday(y, m, daysInMonth(y, m));
  const weekday = /^(\d+)W$/.exec(field);
  if (weekday !== null) {
    const wanted = readValue(weekday[1] ?? '', dayOfMonth);
    return (y, m, day) => wanted <= daysInMonth(y, m) && day === nearestWeekday(y, m, wanted);
  }
  const days = parseValues(field, dayOfMonth);
  return (_y, _m, day) => days.has(day);
}

function parseWeekDays(field: string): DayTest {
  if (field === 'L') return (y, m, day) => weekDayOf(y, m, day) === dayOfWeek.highest;
  const last = /^(\w+)L$/.exec(field);
  if (last !== null) {
    const wanted = readValue(last[1] ?? '', dayOfWeek);
    return (y, m, day) => weekDayOf(y, m, day) === wanted && day > daysInMonth(y, m) - 7;
  }
  const nth = /^(\w+)#(\d)$/.exec(field);
  if (nth !== null) {
    const wanted = readValue(nth[1] ?? '', dayOfWeek);
    const week = Number(nth[2]);
    if (week < 1 || week > 5) throw new Error(`day of week ${field}: the week must be 1 to 5`);
    return (y, m, day) => weekDayOf(y, m, day) === wanted && Math.ceil(day / 7) === week;
  }
  if (field.includes('/')) throw new Error(`day of week ${field}: steps are not allowed`);
  const days = parseValues(field, dayOfWeek);
  return (y, m, day) => days.has(weekDayOf(y, m, day));
}

/** The weekday nearest to the day, in the same month: a Saturday moves back, a Sunday on, never over the edge. */
function nearestWeekday(y: number, m: number, day: number): number {
  const weekDay = weekDayOf(y, m, day);
  if (weekDay === dayOfWeek.highest) return day === 1 ? 3 : day - 1;
  if (weekDay === dayOfWeek.lowest) return day === daysInMonth(y, m) ? day - 2 : day + 1;
  return day;
}

function weekDayOf(y: number, m: number, day: number): number {
  return new Date(Date.UTC(y, m - 1, day)).getUTCDay() + 1;
}

/** A list of values, ranges and steps. */
function parseValues(field: string, range: Range): Set<number> {
  const values = new Set<number>();
  for (const item of field.split(',')) {
    const [base = '', step, ...rest] = item.split('/');
    const stride = step === undefined ? 1 : Number(step);
    if (rest.length > 0 || !Number.isInteger(stride) || stride < 1 || step === '') {
      throw new Error(`${range.name} ${field}: the step must be a positive number`);
    }
    const [first, last] = parseSpan(base, range, step !== undefined);
    if (first > last) throw new Error(`${range.name} ${field}: the range runs backwards`);
    for (let value = first; value <= last; value += stride) values.add(value);
  }
  return values;
}

function parseSpan(base: string, range: Range, stepped: boolean): [number, number] {
  if (base === '*') return [range.lowest, range.highest];
  const [first = '', last, ...rest] = base.split('-');
  if (rest.length > 0) throw new Error(`${range.name} ${base}: not a range`);
  const from = readValue(first, range);
  if (last !== undefined) return [from, readValue(last, range)];
  return [from, stepped ? range.highest : from];
}

function readValue(text: string, range: Range): number {
  const named = range.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + range.lowest;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < range.lowest || value > range.highest) {
    throw new Error(`${range.name}: ${text || 'nothing'} is not from ${range.lowest} to ${range.highest}`);
  }
  return value;
}

function byValue(left: number, right: number): number {
  return left - right;
}
