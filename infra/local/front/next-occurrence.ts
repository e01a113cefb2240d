import { type AwsCron, daysInMonth, parseAwsCron } from './aws-cron.ts';
import { toInstant, toLocalTime } from './zoned-time.ts';

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const lastYear = 2199;
const parsed = new Map<string, AwsCron>();

/**
 * The first instant after `after` at which the schedule expression is due, undefined when there is none any more.
 * Takes `cron(…)`, `at(…)` and `rate(…)`; the time zone (IANA name) says what the fields of the first two mean, a
 * rate counts from `after`. A local time that the clock skips in spring is skipped, one that it shows twice in autumn
 * is due once (EventBridge Scheduler user guide, "Daylight saving time on EventBridge Scheduler").
 * Throws an Error for an expression that EventBridge would refuse and a RangeError for an unknown time zone.
 */
export function nextOccurrence(expression: string, timeZone: string, after: Date): Date | undefined {
  const [, kind, body = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return nextCronOccurrence(cronOf(body), timeZone, after);
  if (kind === 'rate') return new Date(after.getTime() + rateMs(expression));
  if (kind === 'at') {
    const instant = atInstant(body, timeZone);
    return instant !== undefined && instant > after ? instant : undefined;
  }
  throw new Error(`${expression} is not a schedule expression`);
}

/** The interval of a `rate(…)` expression in milliseconds. Throws an Error when it is not one. */
export function rateMs(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const interval = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (!(interval > 0)) throw new Error(`${expression} is not a rate in minutes, hours or days`);
  return interval;
}

function atInstant(body: string, timeZone: string): Date | undefined {
  const fields = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(body)?.slice(1).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields ?? [];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!exists || hour > 23 || minute > 59 || second > 59) {
    throw new Error(`at(${body}) is not a time of the form yyyy-mm-ddThh:mm:ss`);
  }
  return toInstant({ year, month, day, hour, minute, second }, timeZone);
}

function nextCronOccurrence(cron: AwsCron, timeZone: string, after: Date): Date | undefined {
  const start = toLocalTime(after, timeZone);
  for (let year = start.year; year <= lastYear; year += 1) {
    if (!cron.years.has(year)) continue;
    for (let month = year === start.year ? start.month : 1; month <= 12; month += 1) {
      if (!cron.months.has(month)) continue;
      const sameMonth = year === start.year && month === start.month;
      for (let day = sameMonth ? start.day : 1; day <= daysInMonth(year, month); day += 1) {
        if (!cron.matchesDay(year, month, day)) continue;
        const sameDay = sameMonth && day === start.day;
        // Earlier times of the first day are past even when the clock was put back on it: each is due once.
        const fromHour = sameDay ? start.hour : 0;
        const found = firstTimeOfDay({ cron, year, month, day, fromHour, timeZone, after });
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

interface DaySearch {
  readonly cron: AwsCron;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly fromHour: number;
  readonly timeZone: string;
  readonly after: Date;
}

function firstTimeOfDay({ cron, fromHour, timeZone, after, ...date }: DaySearch): Date | undefined {
  for (const hour of cron.hours) {
    if (hour < fromHour) continue;
    for (const minute of cron.minutes) {
      const instant = toInstant({ ...date, hour, minute, second: 0 }, timeZone);
      if (instant !== undefined && instant > after) return instant;
    }
  }
  return undefined;
}

function cronOf(body: string): AwsCron {
  let cron = parsed.get(body);
  if (cron === undefined) {
    cron = parseAwsCron(body);
    parsed.set(body, cron);
  }
  return cron;
}
