import * as z from 'zod';
import { moneySchema } from '../shared/kernel/money.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { warehouseIdSchema } from './landed-cost.ts';

const way = {
  warehouseId: warehouseIdSchema,
  via: z.array(warehouseIdSchema).min(1).max(20).optional(),
};

const figures = {
  promisedBy: instantSchema,
  /** Grams of CO2 equivalent. */
  carbonGrams: z.int().min(0),
};

/** The result of one warehouse alone: by its cheapest lane for the whole basket, or why it can't send it. */
export const warehouseScoreSchema = z
  .union([
    z.strictObject({
      ...way,
      carrier: z.string(),
      service: z.string(),
      /** Freight, duty, tax and fees, whoever pays them: the price of the goods does not depend on the warehouse. */
      cost: moneySchema,
      ...figures,
    }),
    z.strictObject({ warehouseId: warehouseIdSchema, refused: z.enum(['not-in-stock', 'no-lane']) }),
  ])
  .meta({ id: 'WarehouseScore' });

export type WarehouseScore = z.infer<typeof warehouseScoreSchema>;

/** Why the goods come from these warehouses: the other options, and the result of each warehouse alone. */
export const allocationSchema = z
  .strictObject({
    /** The ordered option, and the objectives by which it is the best. */
    optionId: z.string(),
    labels: z.array(z.string()),
    /** The quote's other options. */
    alternatives: z.array(
      z.strictObject({
        optionId: z.string(),
        labels: z.array(z.string()),
        parcels: z.array(z.strictObject({ ...way, carrier: z.string(), service: z.string() })).min(1),
        total: moneySchema,
        ...figures,
      }),
    ),
    /** Absent for a basket or a network too large to score warehouse by warehouse. */
    scores: z.array(warehouseScoreSchema).optional(),
  })
  .meta({ id: 'Allocation' });

export type Allocation = z.infer<typeof allocationSchema>;
