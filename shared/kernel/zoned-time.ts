import { type CalendarDate, dayMs, type Instant, minuteMs, type TimeOfDay } from './time.ts';

/** A moment on the clocks of a time zone: `day` counts calendar days from 1970-01-01, which is day 0. */
export interface LocalTime {
  readonly day: number;
  readonly msOfDay: number;
}

/** Clocks change on full or half hours of UTC, everywhere, so that an offset holds for a whole half hour. */
const STEP_MS = 30 * minuteMs;
const MAX_KEPT = 2_000;

/** A formatter is expensive to create and depends on the zone alone, so it is created once. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** How far the clocks of the zone are ahead of UTC at that instant, in milliseconds. Throws on an unknown zone. */
function offsetMs(timeZone: string, instantMs: number): number {
  let ofZone = offsets.get(timeZone);
  if (ofZone === undefined || ofZone.size > MAX_KEPT) {
    ofZone = new Map();
    offsets.set(timeZone, ofZone);
  }
  const step = Math.floor(instantMs / STEP_MS);
  let offset = ofZone.get(step);
  if (offset === undefined) {
    offset = readOffset(timeZone, step * STEP_MS);
    ofZone.set(step, offset);
  }
  return offset;
}

function readOffset(timeZone: string, instantMs: number): number {
  const parts = formatterOf(timeZone).formatToParts(instantMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return wall - instantMs;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What the zone's clocks and calendar show at the instant. */
export function localTimeAt(timeZone: string, instantMs: number): LocalTime {
  const wall = instantMs + offsetMs(timeZone, instantMs);
  const day = Math.floor(wall / dayMs);
  return { day, msOfDay: wall - day * dayMs };
}

/**
 * The instant, in milliseconds, at which the zone's clocks show that time. Where clocks go back and show it twice, the
 * first one. Where they go forward and skip it, as much later as they skip. RFC 5545, section 3.3.5, has the same rule.
 */
export function instantOf(timeZone: string, { day, msOfDay }: LocalTime): number {
  const wall = day * dayMs + msOfDay;
  const before = offsetMs(timeZone, wall - dayMs);
  const after = offsetMs(timeZone, wall + dayMs);
  if (before === after) return wall - before;
  const early = wall - before;
  if (offsetMs(timeZone, early) === before) return early;
  const late = wall - after;
  return offsetMs(timeZone, late) === after ? late : early;
}

/** The instant at which the zone's clocks show that time on that date, by the rule of {@link instantOf}. */
export function instantAt(timeZone: string, date: CalendarDate, time: TimeOfDay): Instant {
  return new Date(instantOf(timeZone, { day: dayOf(date), msOfDay: msOfTime(time) })).toISOString();
}

/** The calendar date at that instant in the time zone. */
export function calendarDateIn(timeZone: string, instant: Instant): CalendarDate {
  return dateOf(localTimeAt(timeZone, Date.parse(instant)).day);
}

/** The time of day that the zone's clocks show at that instant, seconds left out. */
export function timeOfDayIn(timeZone: string, instant: Instant): TimeOfDay {
  const { msOfDay } = localTimeAt(timeZone, Date.parse(instant));
  return new Date(msOfDay).toISOString().slice(11, 16);
}

/** 1 is Monday, 7 is Sunday. Day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The number of a calendar date, `2026-11-23`. */
export const dayOf = (date: CalendarDate): number => Date.parse(date) / dayMs;

/** The calendar date of a day's number. */
export const dateOf = (day: number): CalendarDate => new Date(day * dayMs).toISOString().slice(0, 10);

/** Milliseconds of the day of a time written `HH:MM`. */
export const msOfTime = (time: TimeOfDay): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * minuteMs;

/** The time that the zone's clocks show at the instant, to the minute, with their distance to UTC: ISO 8601. */
export function localStampIn(timeZone: string, instant: Instant): string {
  const instantMs = Date.parse(instant);
  const offset = offsetMs(timeZone, instantMs) / minuteMs;
  const wall = new Date(instantMs + offset * minuteMs).toISOString().slice(0, 16);
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(offset);
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
