import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { counterNames } from './position.ts';

/** Records that the figures were built from. */
const records = { movements: z.int(), orders: z.int() };

/** A figure that is not what the records give. */
const differenceSchema = z.strictObject({
  warehouseId: warehouseIdSchema,
  counter: z.enum(counterNames),
  stored: z.int(),
  rebuilt: z.int(),
});

/** The stored figures of a SKU against those that its records give. */
const wholeSchema = z.strictObject({
  ...records,
  differences: z.array(differenceSchema),
  /** Stock moved since the first record was read: differences may be no more than that. Ask again. */
  movedMeanwhile: z.boolean(),
});

/** A SKU's records read so far, where they are more than are read at once. The part behind the last one compares. */
const partSchema = z.strictObject({
  ...records,
  /** Leads to the next part; what was summed up so far is in it. */
  cursor: z.string(),
});

export const stockRebuiltSchema = z.union([wholeSchema, partSchema]);

export type StockDifference = z.infer<typeof differenceSchema>;
export type StockRebuilt = z.infer<typeof stockRebuiltSchema>;
