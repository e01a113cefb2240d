import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../events/landed-cost.ts';
import { unreachable } from '../kernel/invariant.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import type { StockChange, Strand } from './change.ts';
import type { CounterChange } from './position.ts';

const MAX_UNITS = 1_000_000;
const units = z.int().min(1).max(MAX_UNITS);
const reason = z
  .string()
  .min(1)
  .max(200)
  .regex(/\S/, 'not blank')
  .meta({ description: 'The reason, in words; no personal data' });
const place = { sku: skuSchema, warehouseId: warehouseIdSchema };

const transferIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash, underscore; at most 64')
  .meta({
    description: "The operator's transfer number. A transfer has each SKU once",
    example: 'TR-2026-0117',
  });

const dispatchTransferSchema = z.strictObject({
  kind: z.literal('dispatch-transfer'),
  ...place,
  toWarehouseId: warehouseIdSchema.meta({ description: 'The warehouse that the units go to' }),
  transferId: transferIdSchema,
  quantity: units,
  expectedAt: instantSchema.meta({ description: 'When they should arrive, RFC 3339 in UTC' }),
});

const receiveTransferSchema = z.strictObject({
  kind: z.literal('receive-transfer'),
  ...place,
  transferId: transferIdSchema,
  /** Units that arrived. Zero if only missing units are written off. */
  quantity: z.int().min(0).max(MAX_UNITS),
  /** Units that will not arrive any more. */
  writeOff: z.strictObject({ quantity: units, reason }).optional(),
});

/**
 * Movements of stock by hand. `adjust` corrects a count, up or down. A transfer leaves one warehouse and arrives at
 * another, in one or several parts. The others take a positive quantity.
 */
export const stockMovementSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['receive', 'write-off', 'quarantine', 'release-from-quarantine']),
      ...place,
      quantity: units,
    }),
    z.strictObject({
      kind: z.literal('adjust'),
      ...place,
      quantity: z
        .int()
        .min(-MAX_UNITS)
        .max(MAX_UNITS)
        .refine((quantity) => quantity !== 0, 'not zero'),
      reason,
    }),
    dispatchTransferSchema,
    receiveTransferSchema,
  ])
  .meta({ id: 'StockMovement' });

export type StockMovement = z.infer<typeof stockMovementSchema>;
type ReceiveTransfer = z.infer<typeof receiveTransferSchema>;

/** Units of a SKU on the way from one warehouse to another. `open = quantity - received - writtenOff`. */
export const transferSchema = z
  .strictObject({
    transferId: transferIdSchema,
    fromWarehouseId: warehouseIdSchema,
    toWarehouseId: warehouseIdSchema,
    quantity: units,
    received: z.int().min(0),
    writtenOff: z.int().min(0),
    open: z.int().min(0),
    dispatchedAt: instantSchema,
    expectedAt: instantSchema,
  })
  .meta({ id: 'StockTransfer' });

export type StockTransfer = z.infer<typeof transferSchema>;

const take: CounterChange = { onHand: -1, available: -1 };
const give: CounterChange = { onHand: 1, available: 1 };

/**
 * The changes of a movement, place by place. Units are taken from the available ones, never from the reserved ones. The
 * receiving warehouse of a transfer is responsible for the units from the moment when they leave the other one.
 */
export function changesOf(movement: StockMovement): StockChange[] {
  const { sku, warehouseId, quantity } = movement;
  const one = (perUnit: CounterChange, count = quantity): StockChange[] => [
    { sku, warehouseId, strands: [{ quantity: count, perUnit }] },
  ];
  switch (movement.kind) {
    case 'receive':
      return one({ ...give, received: 1 });
    case 'write-off':
      return one({ ...take, writtenOff: 1 });
    case 'quarantine':
      return one({ available: -1, quarantined: 1 });
    case 'release-from-quarantine':
      return one({ available: 1, quarantined: -1 });
    case 'adjust':
      return quantity > 0 ? one({ ...give, writtenOff: -1 }) : one({ ...take, writtenOff: 1 }, -quantity);
    case 'dispatch-transfer':
      return [
        ...one({ ...take, transferredOut: 1 }),
        {
          sku,
          warehouseId: movement.toWarehouseId,
          strands: [{ quantity, perUnit: { inTransit: 1, transferredIn: 1 } }],
          onMain: true,
        },
      ];
    case 'receive-transfer':
      return [{ sku, warehouseId, strands: arriving(movement), onMain: true }];
    default:
      return unreachable(movement, 'every kind of movement changes stock');
  }
}

function arriving({ quantity, writeOff }: ReceiveTransfer): Strand[] {
  const strands: Strand[] = [
    { quantity, perUnit: { inTransit: -1, ...give } },
    { quantity: writeOff?.quantity ?? 0, perUnit: { inTransit: -1, writtenOff: 1 } },
  ];
  return strands.filter((strand) => strand.quantity > 0);
}

/** A field of a movement that fits its schema and is impossible. */
export interface SenselessField {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The impossible fields of a movement made at `now`; empty when there are none. */
export function senselessFields(movement: StockMovement, now: Instant): SenselessField[] {
  const fields: SenselessField[] = [];
  if (movement.kind === 'dispatch-transfer') {
    if (movement.toWarehouseId === movement.warehouseId) {
      fields.push({
        pointer: '/toWarehouseId',
        code: 'same-warehouse',
        detail: 'a transfer goes to another warehouse',
      });
    }
    if (movement.expectedAt <= now)
      fields.push({ pointer: '/expectedAt', code: 'in-the-past', detail: 'the arrival lies ahead' });
  }
  if (movement.kind === 'receive-transfer' && movement.quantity === 0 && movement.writeOff === undefined) {
    fields.push({
      pointer: '/quantity',
      code: 'nothing',
      detail: 'units that arrived, or a difference to write off',
    });
  }
  return fields;
}

/** The warehouses of a movement, each with the field that names it. */
export function warehousesOf(movement: StockMovement): { pointer: string; warehouseId: string }[] {
  const here = { pointer: '/warehouseId', warehouseId: movement.warehouseId };
  return movement.kind === 'dispatch-transfer'
    ? [here, { pointer: '/toWarehouseId', warehouseId: movement.toWarehouseId }]
    : [here];
}
