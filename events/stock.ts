import * as z from 'zod';
import { instantSchema } from '../shared/kernel/time.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';

const units = z.int().min(0);

/**
 * What storefronts and other systems need to know of stock. It is told of movements by hand, and of orders when the
 * last unit is reserved or the first is there again: not of every order, which would cost an event each.
 */
export const StockChanged = {
  name: 'stock.changed',
  version: 1,
  description:
    'Stock of a SKU at a warehouse was moved by hand, ran out, or is there again. Units as they are at `asOf`: the ' +
    'same may be told twice, and of two events the one with the later `asOf` is true.',
  data: z.strictObject({
    sku: skuSchema,
    warehouseId: warehouseIdSchema,
    /** Can be sold. None: it ran out. */
    available: units,
    reserved: units,
    quarantined: units,
    onHand: units,
    /** On the way there from another warehouse. */
    inTransit: units,
    asOf: instantSchema,
  }),
} as const;

export type StockChangedData = z.infer<typeof StockChanged.data>;
