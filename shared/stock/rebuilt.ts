import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { counterNames } from './position.ts';

/** The number of records that the figures were computed from. */
const records = { movements: z.int(), orders: z.int() };

/** A stored figure that differs from the records. */
const differenceSchema = z.strictObject({
  warehouseId: warehouseIdSchema,
  counter: z.enum(counterNames),
  stored: z.int(),
  rebuilt: z.int(),
});

/** The stored figures of a SKU, compared with those from its records. */
const wholeSchema = z.strictObject({
  ...records,
  differences: z.array(differenceSchema),
  /** Stock moved since the first record was read, which may explain the differences. Ask again. */
  movedMeanwhile: z.boolean(),
});

/** The records of a SKU read so far, if there are more than one answer reads. The last part compares. */
const partSchema = z.strictObject({
  ...records,
  /** Leads to the next part; it contains the sums so far. */
  cursor: z.string(),
});

export const stockRebuiltSchema = z.union([wholeSchema, partSchema]);

export type StockDifference = z.infer<typeof differenceSchema>;
export type StockRebuilt = z.infer<typeof stockRebuiltSchema>;
