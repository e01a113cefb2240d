import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../../events/landed-cost.ts';
import { supplierIdSchema } from '../../../../events/replenishment.ts';
import { moneySchema } from '../../../kernel/money.ts';
import { givenCountrySchema } from '../../../kernel/places/given-country.ts';
import { reasonSchema } from '../../explain/sku-plan.ts';

/** Why the ways of a product to a market were not compared. */
const notComparedReasons = [
  'no-product',
  'no-supplier',
  'little-demand',
  'no-way',
  'today-not-priced',
  'no-rate',
] as const;

/** A way of a product to a market. */
const wayToMarketSchema = z
  .strictObject({
    /** `parcels`: each order crosses the border of the market. `stock`: the goods lie in the market. */
    kind: z.enum(['parcels', 'stock']),
    /** Where the goods of the supplier are made or leave. */
    originCountry: givenCountrySchema,
    supplierId: supplierIdSchema,
    /** Where the goods lie; absent where the parcels leave the supplier's country at once. */
    warehouseId: warehouseIdSchema.optional(),
    /** Of parcels: by what the law treats them. */
    channel: z.enum(['post', 'courier']).optional(),
  })
  .meta({ id: 'WayToMarket' });

export type WayToMarket = z.infer<typeof wayToMarketSchema>;

const wayCostSchema = wayToMarketSchema
  .extend({
    /** Of the units of the comparison, to the shoppers' doors, tax included. */
    total: moneySchema,
    /** The total by its units, rounded. */
    perUnit: moneySchema,
    duty: moneySchema,
    tax: moneySchema,
    /** Of today's way and of the best other one. */
    reasons: z.array(reasonSchema).optional(),
  })
  .meta({ id: 'CostOfWay' });

export type WayCost = z.infer<typeof wayCostSchema>;

const switchSchema = z
  .strictObject({
    to: wayCostSchema,
    /** Today's way on the same day; absent where the law of that day gives it no price any more. */
    from: wayCostSchema.optional(),
    /** What the units of the comparison cost less that way. */
    saving: moneySchema.optional(),
    /** The saving in tenths of a percent of the cost of today's way. */
    savingPermille: z.int().min(0).optional(),
    /** The first day on which the other way is better by the margin; its goods should be there by then. */
    betterFrom: z.iso.date(),
    /** The day on which to have decided: `betterFrom` less the lead time. */
    decideBy: z.iso.date(),
    /** Days by which `decideBy` has passed. */
    lateDays: z.int().min(0),
    /** The rules of the law that begin or end for the two ways by that day. */
    rules: z.array(z.string()),
  })
  .meta({ id: 'ChannelSwitch' });

/** What a run found for a product in a market: the ways to it, the cheapest first. */
export const channelPlanSchema = z
  .strictObject({
    sku: skuSchema,
    market: givenCountrySchema,
    outcome: z.enum(['stay', 'switch', 'not-compared']),
    why: z.enum(notComparedReasons).optional(),
    detail: z.string().optional(),
    /** The units that are compared: the forecast of `days`. */
    units: z.int().min(0).optional(),
    days: z.int().min(1).optional(),
    /** How the goods come to the market now. */
    today: wayToMarketSchema.optional(),
    /** By the law of the day of the run. */
    ways: z.array(wayCostSchema).optional(),
    notPriced: z
      .array(
        wayToMarketSchema.extend({ reason: z.string(), detail: z.string() }).meta({ id: 'WayWithoutPrice' }),
      )
      .optional(),
    switch: switchSchema.optional(),
  })
  .meta({ id: 'ChannelPlan' });

export type ChannelPlan = z.infer<typeof channelPlanSchema>;
