import * as z from 'zod';

/** Gives the current time. Callers at the edge have a clock; domain functions are given the instant itself. */
export type Clock = () => Date;

/** An instant on the wire: RFC 3339 in UTC with milliseconds, `2026-11-23T10:00:00.000Z`. */
export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .meta({ description: 'RFC 3339 instant in UTC', example: '2026-11-23T10:00:00.000Z' });

export type Instant = string;

/** A calendar day, `2026-11-23`. Each use names its time zone. */
export const calendarDateSchema = z.iso.date().meta({ description: 'Calendar date', example: '2026-11-23' });

export type CalendarDate = string;

/** Whether the text is a calendar day, `2026-11-23`. 30 February is not one. */
export function isCalendarDate(text: string): boolean {
  return calendarDateSchema.safeParse(text).success;
}

/** A time of day, `08:30`. Each use names its time zone. */
export const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
  .meta({ example: '08:00' });

export type TimeOfDay = string;

/** An IANA time zone, such as `Europe/Berlin`. */
export const timeZoneSchema = z.string().max(60).refine(isTimeZone, 'an IANA time zone');

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export function toInstant(date: Date): Instant {
  return date.toISOString();
}

/** The instant `durationMs` later than `instant`. */
export function later(instant: Instant, durationMs: number): Instant {
  return new Date(Date.parse(instant) + durationMs).toISOString();
}

/** The calendar date that many days later. */
export function dayAfter(date: CalendarDate, days: number): CalendarDate {
  return later(`${date}T00:00:00.000Z`, days * dayMs).slice(0, 10);
}

function isTimeZone(name: string): boolean {
  // Node also takes an offset such as +02:00, which is no zone: it has no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
