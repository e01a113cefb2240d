import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../events/landed-cost.ts';
import { instantSchema } from '../kernel/time.ts';
import type { StockTransfer } from './movement.ts';
import { type StockPosition, stockPositionSchema } from './position.ts';

const { available, reserved, quarantined, onHand, inTransit } = stockPositionSchema.shape;

/** The units of a product at each warehouse that has, had or gets some. */
export const listedStockSchema = z
  .strictObject({
    sku: skuSchema,
    description: z.string(),
    /** `false` for a retired product: its units are in no new quote. */
    sold: z.boolean(),
    warehouses: z.array(
      z.strictObject({
        warehouseId: warehouseIdSchema,
        ...{ available, reserved, quarantined, onHand, inTransit },
        /** When the next units on the way from another warehouse should arrive. */
        nextTransferAt: instantSchema.optional(),
      }),
    ),
  })
  .meta({ id: 'ListedStock' });

type ListedStock = z.infer<typeof listedStockSchema>;

/** The positions of a SKU as a list shows them, each with the next arrival from another warehouse. */
export function listedPositions(
  positions: readonly StockPosition[],
  transfers: readonly StockTransfer[],
): ListedStock['warehouses'] {
  return positions.map((position) => {
    const { warehouseId } = position;
    const [next] = transfers
      .filter(({ toWarehouseId }) => toWarehouseId === warehouseId)
      .map(({ expectedAt }) => expectedAt)
      .sort();
    const units = {
      available: position.available,
      reserved: position.reserved,
      quarantined: position.quarantined,
      onHand: position.onHand,
      inTransit: position.inTransit,
    };
    return { warehouseId, ...units, ...(next === undefined ? {} : { nextTransferAt: next }) };
  });
}
