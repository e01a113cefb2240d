import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { MAX_ORDER_LINES, supplierIdSchema } from '../../../events/replenishment.ts';
import { idSchema } from '../../kernel/ids.ts';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import type { Proposal } from './check-proposals.ts';
import { needKeyOf } from './need-key.ts';

const lineSchema = z
  .strictObject({
    sku: skuSchema,
    units: z.int().min(1).max(1_000_000),
    needBy: calendarDateSchema.optional(),
    /** Open orders that are not enough: without them, an open order for the same need refuses the line. */
    inAdditionTo: z.array(idSchema('replenishmentOrder')).max(10).default([]),
  })
  .meta({ id: 'ReplenishmentLineToOrder' });

const common = {
  warehouseId: warehouseIdSchema.meta({ description: 'The warehouse that gets the units' }),
  lines: z.array(lineSchema).min(1).max(MAX_ORDER_LINES),
};

/** An order that a person proposes. */
export const orderByHandSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('purchase'), supplierId: supplierIdSchema, ...common }),
    z.strictObject({
      kind: z.literal('transfer'),
      fromWarehouseId: warehouseIdSchema.meta({ description: 'The warehouse that gives the units' }),
      /** When the units arrive. */
      expectedAt: instantSchema,
      ...common,
    }),
  ])
  .meta({ id: 'ReplenishmentOrderToPlace' });

export type OrderByHand = z.infer<typeof orderByHandSchema>;

/** The proposals of an order that a person asks for, in the order of its lines. */
export function proposalsByHand(order: OrderByHand): Proposal[] {
  const { warehouseId, lines } = order;
  return lines.map(({ sku, units, needBy, inAdditionTo }): Proposal => {
    const common = {
      ...{ sku, units, warehouseId, reasons: ['by-hand'] },
      needKey: needKeyOf({ sku, warehouseId, countedOrderIds: inAdditionTo }),
      ...(needBy === undefined ? {} : { needBy }),
    };
    return order.kind === 'purchase'
      ? { ...common, kind: 'purchase', supplierId: order.supplierId }
      : {
          ...common,
          kind: 'transfer',
          fromWarehouseId: order.fromWarehouseId,
          expectedAt: order.expectedAt,
        };
  });
}

/** Fields that fit the schema and are wrong together: the same product on two lines. */
export const repeatedLines = ({ lines }: OrderByHand) =>
  lines.flatMap(({ sku }, index) =>
    lines.findIndex((line) => line.sku === sku) === index
      ? []
      : [{ pointer: `/lines/${index}/sku`, code: 'twice', detail: 'the product is there twice' }],
  );
