import { hourMs } from '../kernel/time.ts';
import { dayOf, instantOf, type LocalTime, localTimeAt, msOfTime, weekdayOf } from '../kernel/zoned-time.ts';
import type { ShippingSite } from './shipping-site.ts';

/**
 * The instant, in milliseconds, at which an order placed at that moment is handed to the carrier. Handling takes
 * working hours, starting when {@link workBegins}. Then the parcel waits for the carrier's next collection on a working
 * day: one of `collections`, `HH:MM` at the warehouse, the earliest first; or closing time if none is given.
 */
export function handOverAt(
  site: ShippingSite,
  orderedMs: number,
  collections: readonly string[] = [],
): number {
  const { timeZone, openingHours } = site;
  const opens = msOfTime(openingHours.opens);
  const closes = msOfTime(openingHours.closes);
  let { day, msOfDay: start } = workBegins(site, orderedMs);
  let left = site.handlingHours * hourMs;
  while (start + left > Math.max(start, closes)) {
    left -= Math.max(0, closes - start);
    day = nextWorkingDay(site, day);
    start = opens;
  }
  const ready = start + left;
  if (collections.length === 0) return instantOf(timeZone, { day, msOfDay: Math.max(ready, closes) });
  const times = collections.map(msOfTime);
  const today = times.find((time) => time >= ready);
  const first = times[0] ?? closes;
  if (today !== undefined) return instantOf(timeZone, { day, msOfDay: today });
  return instantOf(timeZone, { day: nextWorkingDay(site, day), msOfDay: first });
}

/**
 * When work on an order placed at that moment begins, on the clocks of the warehouse. Before the cut-off of a working
 * day it begins at once, otherwise when the next working day opens. A full day is skipped.
 */
export function workBegins(site: ShippingSite, orderedMs: number): LocalTime {
  const full = daysOff(site.fullDays ?? NONE);
  const opens = msOfTime(site.openingHours.opens);
  const ordered = localTimeAt(site.timeZone, orderedMs);
  const { day, msOfDay } = ordered;
  if (worksOn(site, day) && msOfDay < msOfTime(site.cutOffTime) && !full.has(day))
    return { day, msOfDay: Math.max(msOfDay, opens) };
  let next = nextWorkingDay(site, day);
  while (full.has(next)) next = nextWorkingDay(site, next);
  return { day: next, msOfDay: opens };
}

const NONE: readonly string[] = [];

function nextWorkingDay(site: ShippingSite, after: number): number {
  let day = after + 1;
  while (!worksOn(site, day)) day += 1;
  return day;
}

function worksOn({ workingDays, holidays }: ShippingSite, day: number): boolean {
  return workingDays.includes(weekdayOf(day)) && !daysOff(holidays).has(day);
}

const sets = new WeakMap<readonly string[], ReadonlySet<number>>();

/** The numbers of these calendar dates, read once a list. */
export function daysOff(dates: readonly string[]): ReadonlySet<number> {
  let days = sets.get(dates);
  if (days === undefined) {
    days = new Set(dates.map(dayOf));
    sets.set(dates, days);
  }
  return days;
}
