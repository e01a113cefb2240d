import { defined } from '../kernel/defined.ts';
import { type CalendarDate, dayAfter, hourMs, type Instant, isCalendarDate, later } from '../kernel/time.ts';
import { dayOf, instantAt, weekdayOf } from '../kernel/zoned-time.ts';
import { readSlotId, type Slot } from './slot.ts';
import type { SlotTemplate, SlotZone } from './zone.ts';

/** How many days ahead slots can be booked. */
export const HORIZON_DAYS = 90;

/** The zone's slots that begin on that local day, earliest first: its templates for the weekday, without exceptions. */
export function slotsOn(zone: SlotZone, date: CalendarDate): Slot[] {
  const weekday = weekdayOf(dayOf(date));
  return zone.templates
    .filter((template) => template.weekday === weekday)
    .flatMap((template) => {
      const capacity = capacityOn(zone, date, template);
      return capacity === undefined ? [] : [slotOn(zone, date, template, capacity)];
    })
    .sort((a, b) => (a.from === b.from ? (a.slotId < b.slotId ? -1 : 1) : a.from < b.from ? -1 : 1));
}

/** The slot with that id, if the zone has it. */
export function slotNamed(zone: SlotZone, slotId: string): Slot | undefined {
  const { date } = readSlotId(slotId);
  return isCalendarDate(date) ? slotsOn(zone, date).find((slot) => slot.slotId === slotId) : undefined;
}

/** Undefined on a closed day. An exception for the slot's own time takes precedence over one for the day. */
function capacityOn(zone: SlotZone, date: CalendarDate, template: SlotTemplate): number | undefined {
  const ofDay = zone.exceptions.filter((exception) => exception.date === date);
  const exception =
    ofDay.find(({ from }) => from === template.from) ?? ofDay.find(({ from }) => from === undefined);
  if (exception === undefined) return template.capacity;
  return exception.kind === 'closed' ? undefined : exception.capacity;
}

function slotOn(zone: SlotZone, date: CalendarDate, template: SlotTemplate, capacity: number): Slot {
  const { zoneId, carrier, timeZone } = zone;
  const { kind, cutOffHours, surcharge } = template;
  const { from, to } = windowOn(timeZone, date, template);
  const plain = (time: string) => time.replace(':', '');
  return {
    slotId: `${zoneId}_${date}_${plain(template.from)}-${plain(template.to)}_${kind}`,
    zoneId,
    carrier,
    kind,
    from,
    to,
    timeZone,
    capacity,
    ...defined({ surcharge }),
    bookableUntil: later(from, -cutOffHours * hourMs),
  };
}

/**
 * The slot's window. On the day when clocks go forward, a time that does not exist is moved on by the missing time; a
 * window that would become empty (`02:00` to `03:00`) is moved as a whole.
 */
function windowOn(
  timeZone: string,
  date: CalendarDate,
  template: SlotTemplate,
): { from: Instant; to: Instant } {
  const lastDate = template.to < template.from ? dayAfter(date, 1) : date;
  const from = instantAt(timeZone, date, template.from);
  const to = instantAt(timeZone, lastDate, template.to);
  if (from < to) return { from, to };
  const wallMs = (day: CalendarDate, time: string) => Date.parse(`${day}T${time}:00.000Z`);
  return { from, to: later(from, wallMs(lastDate, template.to) - wallMs(date, template.from)) };
}
