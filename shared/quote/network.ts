import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { addressSchema } from '../kernel/address.ts';
import { laneSchema } from '../shipping/index.ts';

/** A warehouse with what a plan needs to know of it. Times of day and weekdays are local to `timeZone`. */
export const warehouseSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    name: z.string().trim().min(1).max(80),
    address: addressSchema,
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone'),
    /** Orders before this time leave the same working day. */
    cutOffTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM'),
    /** 1 is Monday, 7 is Sunday. */
    workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
    handlingHours: z.int().min(0).max(240),
    /** Code of the warehouse management system that takes its dispatch orders. */
    system: z.string().min(1).max(40),
    active: z.boolean(),
    lanes: z.array(laneSchema).max(100),
  })
  .meta({ id: 'Warehouse' });

export type Warehouse = z.infer<typeof warehouseSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
