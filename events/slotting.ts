import * as z from 'zod';
import { calendarDateSchema, instantSchema } from '../shared/kernel/time.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';

/** The code of a storage zone of a warehouse. */
export const storageZoneSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/, 'letters, digits and dashes, at most 20')
  .meta({ description: 'Code of a storage zone of a warehouse', example: 'A1' });

const move = {
  warehouseId: warehouseIdSchema,
  sku: skuSchema,
  from: storageZoneSchema,
  to: storageZoneSchema,
};

export const SlottingMoveProposed = {
  name: 'slotting-move.proposed',
  version: 1,
  description: 'A product should lie in another storage zone of its warehouse. Published once.',
  data: z.strictObject({
    ...move,
    /** `makes-room`: for the product `forSku`, which is picked more often for the room that it takes. */
    reason: z.enum(['picked-more', 'campaign', 'makes-room']),
    forSku: skuSchema.optional(),
    /** The campaign, and its first day; UTC. */
    signalId: z.string().max(64).optional(),
    beforeDay: calendarDateSchema.optional(),
    /** Picks of a day by the forecast, in thousandths; a unit counts as a pick. */
    picksPerDayMilli: z.int().min(0),
    /** The room that it takes, in litres. */
    litres: z.int().min(0),
    /** Metres of walking that a day saves; below zero for a product that makes room. */
    savedMetresPerDay: z.int(),
    /** Metres of walking that the move itself takes. */
    moveMetres: z.int().min(0),
    at: instantSchema,
  }),
} as const;

export const SlottingMoveEnded = {
  name: 'slotting-move.ended',
  version: 1,
  description: 'A proposed move was made, or is not wanted any more.',
  data: z.strictObject({ ...move, outcome: z.enum(['made', 'not-wanted']), at: instantSchema }),
} as const;
