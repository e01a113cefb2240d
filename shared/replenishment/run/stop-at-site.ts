import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { type SkuPlan, stopSchema } from '../explain/sku-plan.ts';

/** A product that should not be bought any more at a warehouse. */
export const stopAtSiteSchema = stopSchema
  .extend({
    sku: skuSchema,
    warehouseId: warehouseIdSchema,
    /** Open orders of it, which may be cancelled as long as their supplier lets them. */
    openOrderIds: z.array(z.string()),
  })
  .meta({ id: 'StopAtWarehouse' });

export type StopAtSite = z.infer<typeof stopAtSiteSchema>;

/** The products that a run names; its counts have all. */
const MAX_STOPS = 50;
/** An item of the table names a few orders of each. */
const MAX_ORDERS = 10;

/** What plans say should be stopped. */
export const stopsOf = (plans: readonly SkuPlan[]): StopAtSite[] =>
  plans.flatMap(({ sku, warehouseId, stop, stock }) =>
    stop === undefined
      ? []
      : [{ ...stop, sku, warehouseId, openOrderIds: (stock?.openOrderIds ?? []).slice(0, MAX_ORDERS) }],
  );

/** Those with the most units, as many as a run names. */
export const largestStops = (stops: readonly StopAtSite[]): StopAtSite[] =>
  stops.toSorted((a, b) => b.units - a.units).slice(0, MAX_STOPS);
