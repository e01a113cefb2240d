import * as z from 'zod';
import { defined } from '../kernel/defined.ts';
import { invariant } from '../kernel/invariant.ts';
import { moneySchema } from '../kernel/money.ts';
import { calendarDateSchema, instantSchema, isCalendarDate } from '../kernel/time.ts';
import { calendarDateIn, timeOfDayIn } from '../kernel/zoned-time.ts';
import { slotKinds, zoneIdSchema } from './zone.ts';

/**
 * A slot's id: zone, local day and times, kind. It is derived from these, so that it is the same in every list; a slot
 * with new times is a new slot.
 */
export const slotIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,31}_\d{4}-\d{2}-\d{2}_\d{4}-\d{4}_(timed|appointment|night|day)$/,
    'a slot id as it was listed',
  )
  .refine((slotId) => isCalendarDate(slotId.split('_')[1] ?? ''), 'a slot id as it was listed')
  .meta({ example: 'de-hamburg_2026-12-03_0800-1200_timed' });

/** One slot on one day. Instants are UTC. */
const slotSchema = z
  .strictObject({
    slotId: slotIdSchema,
    zoneId: zoneIdSchema,
    carrier: z.string(),
    kind: z.enum(slotKinds),
    from: instantSchema,
    to: instantSchema,
    timeZone: z.string(),
    capacity: z.int().min(0),
    surcharge: moneySchema.optional(),
    /** The slot can be booked until then. */
    bookableUntil: instantSchema,
  })
  .meta({ id: 'Slot' });

export type Slot = z.infer<typeof slotSchema>;

/** The zone and the day in a slot's id. */
export function readSlotId(slotId: string): { zoneId: string; date: string } {
  const [zoneId, date] = slotId.split('_');
  invariant(zoneId !== undefined && date !== undefined, 'a slot id names its zone and day', { slotId });
  return { zoneId, date };
}

export const slotViewSchema = z
  .strictObject({
    slotId: slotIdSchema,
    zoneId: zoneIdSchema,
    carrier: z.string(),
    kind: z.enum(slotKinds),
    from: instantSchema,
    to: instantSchema,
    /** The same times on the clocks at the door. */
    local: z.strictObject({
      timeZone: z.string(),
      date: calendarDateSchema,
      from: z.string(),
      to: z.string(),
      /** `Thursday 3 December 2026, 08:00-12:00` */
      label: z.string(),
    }),
    surcharge: moneySchema.optional(),
    bookableUntil: instantSchema,
  })
  .meta({ id: 'DeliverySlot' });

export type SlotView = z.infer<typeof slotViewSchema>;

/** Composed from its parts, because the joined form differs between versions of the runtime's locales. */
function longDate(date: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).formatToParts(new Date(`${date}T00:00:00.000Z`));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
}

/** The slot as the storefront sees it. */
export function slotView(slot: Slot): SlotView {
  const { slotId, zoneId, carrier, kind, from, to, timeZone, surcharge, bookableUntil } = slot;
  const date = calendarDateIn(timeZone, from);
  const begins = timeOfDayIn(timeZone, from);
  const ends = timeOfDayIn(timeZone, to);
  return {
    slotId,
    zoneId,
    carrier,
    kind,
    from,
    to,
    local: {
      timeZone,
      date,
      from: begins,
      to: ends,
      label: `${longDate(date)}, ${begins}-${ends}`,
    },
    ...defined({ surcharge }),
    bookableUntil,
  };
}
