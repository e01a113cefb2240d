import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../events/landed-cost.ts';

/** Units of one SKU at one warehouse. `onHand = available + reserved + quarantined`, none negative. */
export const stockPositionSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    onHand: z.int().min(0),
    available: z.int().min(0),
    reserved: z.int().min(0),
    quarantined: z.int().min(0),
    received: z.int().min(0),
    shipped: z.int().min(0),
    writtenOff: z.int(),
  })
  .meta({ id: 'StockPosition' });

export type StockPosition = z.infer<typeof stockPositionSchema>;

/** What people do to stock by hand. `adjust` corrects a count, up or down; the others take a positive quantity. */
export const stockMovementSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['receive', 'write-off', 'quarantine', 'release-from-quarantine']),
      sku: skuSchema,
      warehouseId: warehouseIdSchema,
      quantity: z.int().min(1).max(1_000_000),
    }),
    z.strictObject({
      kind: z.literal('adjust'),
      sku: skuSchema,
      warehouseId: warehouseIdSchema,
      quantity: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((quantity) => quantity !== 0, 'not zero'),
      reason: z.string().min(1).max(200),
    }),
  ])
  .meta({ id: 'StockMovement' });

export type StockMovement = z.infer<typeof stockMovementSchema>;

export type StockChange = Omit<StockPosition, 'warehouseId' | 'shipped'>;

/** How a movement changes the position. Stock taken away comes out of what is available, never of what is reserved. */
export function changeOf(movement: StockMovement): StockChange {
  const { quantity } = movement;
  const none = { onHand: 0, available: 0, reserved: 0, quarantined: 0, received: 0, writtenOff: 0 };
  switch (movement.kind) {
    case 'receive':
      return { ...none, onHand: quantity, available: quantity, received: quantity };
    case 'write-off':
      return { ...none, onHand: -quantity, available: -quantity, writtenOff: quantity };
    case 'quarantine':
      return { ...none, available: -quantity, quarantined: quantity };
    case 'release-from-quarantine':
      return { ...none, available: quantity, quarantined: -quantity };
    case 'adjust':
      return { ...none, onHand: quantity, available: quantity, writtenOff: -quantity };
  }
}

export type MovementOutcome = 'moved' | 'already-moved' | 'key-reused' | 'not-enough';

export interface StockStore {
  /** Applies a movement once per key; the record of the movement is written with it. */
  move(movement: StockMovement, key: string, now: string): Promise<MovementOutcome>;
  /** Every warehouse's position of the SKU; empty when it was never received anywhere. */
  positions(sku: string): Promise<StockPosition[]>;
}
