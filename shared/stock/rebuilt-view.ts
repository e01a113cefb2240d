import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { counterNames } from './position.ts';

/** Records that the figures were built from. */
const records = { movements: z.int(), orders: z.int() };

/** What building the figures of a SKU again gave: the differences, or where the next part goes on. */
export const stockRebuiltSchema = z.union([
  z.strictObject({
    ...records,
    differences: z.array(
      z.strictObject({
        warehouseId: warehouseIdSchema,
        counter: z.enum(counterNames),
        stored: z.int(),
        rebuilt: z.int(),
      }),
    ),
    /** Stock moved since the first record was read: differences may be no more than that. Ask again. */
    movedMeanwhile: z.boolean(),
  }),
  z.strictObject({
    /** So far; the part behind the last one compares. */
    ...records,
    cursor: z.string(),
  }),
]);
