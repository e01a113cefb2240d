import * as z from 'zod';
import { instantSchema } from '../shared/kernel/time.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';

const units = z.int().min(0);

/**
 * The stock data that storefronts and other systems need. It is published for movements by hand, and for orders when
 * the last unit is reserved or the first one becomes available again. It is not published for every order, because each
 * event costs money.
 */
export const StockChanged = {
  name: 'stock.changed',
  version: 1,
  description:
    'Stock of a SKU at a warehouse was moved by hand, ran out, or is available again. Units as they are at `asOf`: the ' +
    'same change may be published twice, and of two events the one with the later `asOf` is true.',
  data: z.strictObject({
    sku: skuSchema,
    warehouseId: warehouseIdSchema,
    /** Can be sold. Zero: it ran out. */
    available: units,
    reserved: units,
    quarantined: units,
    onHand: units,
    /** On the way there from another warehouse. */
    inTransit: units,
    asOf: instantSchema,
  }),
} as const;

const change = z.int().optional();

/** A movement of stock by hand. Kept in the lake alone; the reason that a person typed is not part of it. */
export const StockMoved = {
  name: 'stock.moved',
  version: 1,
  description:
    'Stock of a SKU was moved by hand: received, adjusted, written off, quarantined or transferred.',
  data: z.strictObject({
    sku: skuSchema,
    /** The idempotency key of the movement: each is kept once. */
    key: z.string(),
    kind: z.enum([
      'receive',
      'write-off',
      'quarantine',
      'release-from-quarantine',
      'adjust',
      'dispatch-transfer',
      'receive-transfer',
    ]),
    transferId: z.string().optional(),
    /** What changed at each warehouse, by state. A state that did not change is absent. */
    changes: z
      .array(
        z.strictObject({
          warehouseId: warehouseIdSchema,
          available: change,
          quarantined: change,
          onHand: change,
          inTransit: change,
          received: change,
          transferredIn: change,
          transferredOut: change,
          writtenOff: change,
        }),
      )
      .min(1),
  }),
} as const;

export type StockChangedData = z.infer<typeof StockChanged.data>;
