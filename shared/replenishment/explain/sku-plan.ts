import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { supplierIdSchema } from '../../../events/replenishment.ts';
import { moneySchema } from '../../kernel/money.ts';
import type { Reason } from '../policy/reasons.ts';
import { classNames } from '../run/class-names.ts';

/** Why a SKU at a site was not planned. */
export const notPlannedReasons = [
  'no-history',
  'no-supplier',
  'suppliers-out',
  'share-limit',
  'waits-for-hub',
  'site-not-planned',
  'no-lead-time',
  'no-forecast',
  'bad-figure',
  'no-pack',
  'two-packs',
  'other-currency',
  'expires-before-arrival',
  'limit-too-small',
] as const;

export type NotPlannedReason = (typeof notPlannedReasons)[number];

/** One figure behind a quantity. */
export const reasonSchema = z
  .strictObject({
    code: z.string(),
    /** A number with three decimals at most, or an amount. */
    figure: z.union([z.number(), moneySchema]),
    unit: z.enum(['units', 'days', 'probability', 'money']),
    /** How the figure comes about. */
    formula: z.string(),
  })
  .meta({ id: 'ReplenishmentReason' });

export type WireReason = z.infer<typeof reasonSchema>;

/** A reason as it is stored and answered. */
export const wireReason = ({ code, value, unit, formula }: Reason): WireReason => ({
  ...{ code, unit, formula },
  figure: typeof value === 'number' ? value : { amount: value.amountMinor, currency: value.currency },
});

const units = z.int().min(0);

/** Why a SKU should not be bought any more at a site. */
export const stopSchema = z
  .strictObject({
    /**
     * `not-sold`: no sale in the days that are read. `no-demand`: no demand is forecast. `overstock`: what is there and
     * on its way covers more days than `overstockDays` of the settings.
     */
    reason: z.enum(['not-sold', 'no-demand', 'overstock']),
    /** Units that can be sold, and those of open orders. */
    units,
    /** Days that they last for, by the mean of the forecast. */
    coverDays: units.optional(),
    detail: z.string(),
  })
  .meta({ id: 'StopBuying' });

/** The place of a warehouse in a network of hubs, by the guaranteed-service model. */
const networkStageSchema = z
  .strictObject({
    /** The hub that feeds it; absent where a supplier does. */
    fedBy: warehouseIdSchema.optional(),
    /** The warehouses that it feeds. */
    feeds: z.array(warehouseIdSchema),
    /** Days within which it promises to serve what it feeds; its own shoppers at once. */
    serviceDays: units,
    /** Days within which it is served itself: by its hub, or by the mean of the lead time, rounded up. */
    inboundDays: units,
    /** Days that its safety stock covers: inbound, the way and the review, less service. */
    netDays: units,
    /** Units, with those for its own shoppers where it feeds others. */
    safetyStock: z.number(),
    /** What is to be there or on its way: the mean of the demand over the net days, and the safety stock. */
    reorderAt: z.number(),
    /** Mean units of a day that leave it, over the next four weeks: of its shoppers and of all that it feeds. */
    perDay: z.number(),
    /** Units that what it feeds needs now, and that it does not have. */
    owed: units.optional(),
  })
  .meta({ id: 'NetworkStage' });

/** What a run found for a SKU at a site. */
export const skuPlanSchema = z
  .strictObject({
    sku: skuSchema,
    warehouseId: warehouseIdSchema,
    /** `enough`: planned, and nothing is due. */
    outcome: z.enum(['proposed', 'enough', 'not-planned']),
    /** Why it was not planned. */
    why: z.enum(notPlannedReasons).optional(),
    detail: z.string().optional(),
    skuClass: z.enum(classNames).optional(),
    history: z
      .strictObject({
        /** The day of the first sale that was read. */
        from: z.iso.date().optional(),
        units,
        lastFourWeeks: units,
        /** Days on which there was nothing to sell. */
        daysWithoutStock: units,
        /** One-off bulk orders: in no forecast. */
        bulkUnits: units,
      })
      .optional(),
    forecast: z
      .strictObject({
        method: z.string(),
        version: z.string(),
        /** The mean units of a day, over the next four weeks. */
        perDay: z.number(),
        /** The sum of absolute errors by the sum of units, on days that the method had not seen. */
        error: z.number().optional(),
        /** Codes of the signals that changed it: holidays, campaigns, feeds. */
        signals: z.array(z.string()).optional(),
        /** Set for a new product: the group by whose first days it is forecast. */
        like: z
          .strictObject({
            /** Two or four digits of the Harmonised System, or `*` for all goods of the warehouse. */
            group: z.string(),
            /** The products of the group whose first four weeks it has. */
            launches: z.int().min(1),
            /** Its own days on sale. Each gives its own sales a 28th of the weight. */
            ownDays: units,
          })
          .meta({ id: 'LikeGroup' })
          .optional(),
      })
      .optional(),
    /** Set where hubs of the settings feed it, or where it is one. */
    stage: networkStageSchema.optional(),
    stock: z
      .strictObject({
        available: z.int(),
        reserved: units,
        quarantined: units,
        /** Units that open transfer orders take to other warehouses, and that have not left. */
        leaving: units.optional(),
        /** Units of open orders that have not come. */
        open: units,
        /** The open orders, which the need is above. */
        openOrderIds: z.array(z.string()),
      })
      .optional(),
    /** The first day without a unit to sell, by the mean of the forecast and without further arrivals. */
    runsOutOn: z.iso.date().optional(),
    /** The next arrival of an open order. */
    nextArrivalOn: z.iso.date().optional(),
    /** Campaigns for which there is too little stock, and whose next units come after the day by which they must. */
    lateFor: z
      .array(
        z
          .strictObject({
            signalId: z.string(),
            arriveBy: z.iso.date(),
            arrivesOn: z.iso.date().optional(),
          })
          .meta({ id: 'LateCampaign' }),
      )
      .optional(),
    /** Zero or absent: nothing is ordered. */
    units: units.optional(),
    /** Whom it is ordered from: the best supplier, and others where its share is limited. */
    from: z.array(z.strictObject({ supplierId: supplierIdSchema, units, unitPrice: moneySchema })).optional(),
    cost: moneySchema.optional(),
    /** Set where nothing of it should be bought any more. Its open orders are in `stock`. */
    stop: stopSchema.optional(),
    /** What is moved there from other warehouses. */
    transfers: z
      .array(
        z
          .strictObject({
            fromWarehouseId: warehouseIdSchema,
            units: z.int().min(1),
            expectedOn: z.iso.date(),
            /** The landed cost of a unit by that way. */
            unitCost: moneySchema,
          })
          .meta({ id: 'PlannedTransfer' }),
      )
      .optional(),
    /** Why nothing of it could be moved, where a warehouse needs it and another has it. */
    notMoved: z.string().optional(),
    /** What the limits of the run took from it: the budget, a container, a dock, a storage. */
    cut: z
      .array(
        z
          .strictObject({
            kind: z.enum(['purchase', 'transfer']),
            /** The supplier, or the warehouse that gives. */
            from: z.string(),
            wanted: z.int().min(1),
            units,
            limits: z.array(z.string()),
          })
          .meta({ id: 'CutNeed' }),
      )
      .optional(),
    /** When the order would arrive. */
    expectedOn: z.iso.date().optional(),
    reasons: z.array(reasonSchema),
  })
  .meta({ id: 'SkuPlan' });

export type SkuPlan = z.infer<typeof skuPlanSchema>;
