import { dayMs, minuteMs } from '../kernel/time.ts';

/** A moment on the clocks of a time zone: `day` counts calendar days from 1970-01-01, which is day 0. */
export interface LocalTime {
  readonly day: number;
  readonly msOfDay: number;
}

/** Clocks change on full or half hours of UTC, everywhere, so that an offset holds for a whole half hour. */
const STEP_MS = 30 * minuteMs;
const MAX_KEPT = 2_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** How far the clocks of the zone are ahead of UTC at that instant, in milliseconds. Throws on an unknown zone. */
export function offsetMs(timeZone: string, instantMs: number): number {
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
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    const two = '2-digit';
    formatter = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: two, day: two, hour: two, minute: two },
    });
    formatters.set(timeZone, formatter);
  }
  const parts = formatter.formatToParts(instantMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return wall - instantMs;
}

/** What the zone's clocks and calendar show at the instant. */
export function localTimeAt(timeZone: string, instantMs: number): LocalTime {
  const wall = instantMs + offsetMs(timeZone, instantMs);
  const day = Math.floor(wall / dayMs);
  return { day, msOfDay: wall - day * dayMs };
}

/**
 * The instant, in milliseconds, at which the zone's clocks show that time. A time that comes twice when clocks
 * go back is its first coming; one that is skipped when they go forward is as much later as was skipped.
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

/** 1 is Monday, 7 is Sunday. Day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The number of a calendar date, `2026-11-23`. */
export const dayOf = (date: string): number => Date.parse(date) / dayMs;

/** The calendar date of a day's number. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Milliseconds of the day of a time written `HH:MM`. */
export const msOfTime = (time: string): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * minuteMs;
