import { dayMs, hourMs, type Instant } from '../kernel/time.ts';
import type { Lane } from '../shipping/index.ts';
import type { Warehouse } from './network.ts';

interface LocalTime {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly time: string;
}

function localTime(instantMs: number, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instantMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  return { weekday, time: `${part('hour')}:${part('minute')}` };
}

/**
 * When the parcel can be at the door, in UTC: the warehouse's next working day before its cut-off, its
 * handling time, then the lane's transit. Transit days are counted as calendar days of 24 hours.
 */
export function promiseOf(
  warehouse: Warehouse,
  lane: Lane,
  now: Instant,
): { earliest: Instant; latest: Instant } {
  let startMs = Date.parse(now);
  const { weekday, time } = localTime(startMs, warehouse.timeZone);
  if (time >= warehouse.cutOffTime || !warehouse.workingDays.includes(weekday)) {
    do startMs += dayMs;
    while (!warehouse.workingDays.includes(localTime(startMs, warehouse.timeZone).weekday));
  }
  const leavesMs = startMs + warehouse.handlingHours * hourMs;
  const after = (days: number) => new Date(leavesMs + days * dayMs).toISOString();
  return { earliest: after(lane.transitDays.min), latest: after(lane.transitDays.max) };
}
