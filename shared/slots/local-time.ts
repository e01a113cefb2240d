import { type CalendarDate, dayMs, type Instant, type TimeOfDay } from '../kernel/time.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make and hold nothing but the zone. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** What the clock on the wall shows at that instant, as if it were UTC. */
function wallMsAt(timeZone: string, instantMs: number): number {
  const parts = formatterOf(timeZone).formatToParts(instantMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/**
 * The instant at which the clocks of an IANA time zone show that time on that day. Where clocks are put back and
 * show it twice, the first one; where they are put forward and never show it, the time moved on by the hour (or
 * whatever it is) that the day lacks. The rule is the one that RFC 5545, section 3.3.5, gives for local times.
 */
export function instantOf(timeZone: string, date: CalendarDate, time: TimeOfDay): Instant {
  const wallMs = Date.parse(`${date}T${time}:00.000Z`);
  const offsetMs = (atMs: number) => wallMsAt(timeZone, atMs) - atMs;
  const before = wallMs - offsetMs(wallMs - dayMs);
  const after = wallMs - offsetMs(wallMs + dayMs);
  const shown = [before, after].filter((candidate) => wallMsAt(timeZone, candidate) === wallMs);
  return new Date(shown.length === 0 ? before : Math.min(...shown)).toISOString();
}

/** The day and the time of day that the clocks of the zone show at that instant, seconds left out. */
export function localTimeAt(timeZone: string, instant: Instant): { date: CalendarDate; time: TimeOfDay } {
  const text = new Date(wallMsAt(timeZone, Date.parse(instant))).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay() || 7;
}

/** Whether there is such a day: not 30 February, which would be taken for a day of March. */
export function isDate(date: CalendarDate): boolean {
  const atMs = Date.parse(`${date}T00:00:00.000Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === date;
}
