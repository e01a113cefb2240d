import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { defined } from '../kernel/defined.ts';
import { positiveMoneySchema } from '../kernel/money.ts';
import { timeOfDaySchema } from '../kernel/time.ts';
import { type ChannelSettings, channelSettingsOf, channelSettingsSchema } from './channel-settings.ts';

const serviceLevel = z
  .number()
  .min(0.5)
  .max(0.999)
  .meta({ description: 'The probability that no demand is missed until the next receipt', example: 0.95 });

/** Service levels by class: A to C by value, X to Z by how much the demand varies. */
const serviceLevelsSchema = z
  .strictObject({
    AX: serviceLevel.optional(),
    AY: serviceLevel.optional(),
    AZ: serviceLevel.optional(),
    BX: serviceLevel.optional(),
    BY: serviceLevel.optional(),
    BZ: serviceLevel.optional(),
    CX: serviceLevel.optional(),
    CY: serviceLevel.optional(),
    CZ: serviceLevel.optional(),
  })
  .meta({ id: 'ServiceLevels' });

const laneRate = positiveMoneySchema.optional();

/** A way by which stock is moved between two warehouses. */
const transferLaneSchema = z
  .strictObject({
    fromWarehouseId: warehouseIdSchema,
    warehouseId: warehouseIdSchema,
    /** Days from the order to the shelf of the other warehouse. */
    days: z.int().min(0).max(365),
    /** What a move costs whatever it carries: booking, customs entry, pallet; nothing if absent. */
    perMove: laneRate,
    /** Freight of a kilogram; nothing if absent. */
    perKilogram: laneRate,
    /** Picking and receiving a unit; nothing if absent. */
    handlingPerUnit: laneRate,
    /** The most units of a product in one run; without limit if absent. */
    maxUnits: z.int().min(1).max(1_000_000).optional(),
  })
  .refine(({ fromWarehouseId, warehouseId }) => fromWarehouseId !== warehouseId, {
    ...{ path: ['warehouseId'], message: 'another warehouse than the one that gives' },
  })
  .meta({ id: 'TransferLane' });

const transferLanesSchema = z
  .array(transferLaneSchema)
  .min(1)
  .max(200)
  .superRefine((lanes, { addIssue }) => {
    const firsts = new Map<string, number>();
    for (const [index, { fromWarehouseId, warehouseId }] of lanes.entries()) {
      const pair = `${fromWarehouseId} ${warehouseId}`;
      const first = firsts.get(pair);
      if (first === undefined) firsts.set(pair, index);
      else
        addIssue({
          ...{ code: 'custom', path: [index, 'warehouseId'] },
          message: `lane ${first} is between the same warehouses`,
        });
    }
  });

const isSet = (names: readonly string[]) => new Set(names).size === names.length;

/** A warehouse that feeds others. */
const hubSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    /**
     * The warehouses that it feeds, each by a line-haul from its parent or a transfer lane, which has the days; all to
     * which one leads from it if absent.
     */
    feeds: z.array(warehouseIdSchema).min(1).max(100).refine(isSet, 'a warehouse is there twice').optional(),
  })
  .refine(({ warehouseId, feeds = [] }) => !feeds.includes(warehouseId), {
    ...{ path: ['feeds'], message: 'other warehouses than the hub' },
  })
  .meta({ id: 'ReplenishmentHub' });

/** How the merchant's stock is replenished. With it, a run is made every day; without it, only when it is asked for. */
export const replenishmentSettingsSchema = z
  .strictObject({
    /** When the run of a day begins at the earliest, by the clocks of `reporting.timeZone`; 04:00 if absent. */
    dailyAt: timeOfDaySchema.optional(),
    /** Days between two orders of the same product; 1 if absent. */
    reviewDays: z.int().min(1).max(60).optional(),
    serviceLevels: serviceLevelsSchema.optional(),
    /** The warehouses that are replenished; all that are active if absent. */
    sites: z.array(warehouseIdSchema).min(1).max(100).refine(isSet, 'a warehouse is there twice').optional(),
    /** Days of sales that a forecast reads; 365 if absent. */
    historyDays: z.int().min(28).max(1_096).optional(),
    /**
     * How far a lead time spreads around the one that the supplier states, in percent of it, until deliveries have
     * shown it; 25 if absent.
     */
    leadTimeDeviationPercent: z.int().min(0).max(100).optional(),
    /** The most days of mean demand that one order covers; 182 if absent. */
    maxCoverDays: z.int().min(1).max(730).optional(),
    /** A product whose stock and open orders last for more days than this is named as one to stop; 365 if absent. */
    overstockDays: z.int().min(30).max(3_650).optional(),
    /** How probable it is that an order sells before its units expire, where the supplier states that; 90 if absent. */
    soldBeforeExpiryPercent: z.int().min(50).max(99).optional(),
    /** What it costs to hold stock for a year, in percent of its value; 20 if absent. */
    holdingPercentPerYear: z.int().min(0).max(200).optional(),
    /** What a purchase costs whatever its size, where the supplier's prices are in this currency; nothing if absent. */
    orderCost: positiveMoneySchema.optional(),
    /**
     * The ways by which stock is moved between warehouses. The line-haul from a parent warehouse is one already; a lane
     * here between the same two takes its place.
     */
    transferLanes: transferLanesSchema.optional(),
    /**
     * Hubs and what they feed. A warehouse that a hub feeds buys nothing itself, and the safety stocks of all of them
     * are planned together. Without it each warehouse is planned by itself.
     */
    hubs: z
      .array(hubSchema)
      .min(1)
      .max(20)
      .refine((hubs) => isSet(hubs.map(({ warehouseId }) => warehouseId)), 'a hub is there twice')
      .optional(),
    /**
     * The most that runs may order from suppliers in a week from Monday, or in a month, by the clocks of
     * `reporting.timeZone`. All purchase orders of the period count, those of persons too; without limit if absent.
     */
    budget: z
      .strictObject({ limit: positiveMoneySchema, per: z.enum(['week', 'month']) })
      .meta({ id: 'ReplenishmentBudget' })
      .optional(),
    /** What ways to a market cost besides duty and tax; without it, runs compare none. */
    channels: channelSettingsSchema.optional(),
  })
  .meta({ id: 'ReplenishmentSettings' });

type Given = z.infer<typeof replenishmentSettingsSchema>;

type Set<Name extends keyof Given> = { readonly [Each in Name]: NonNullable<Given[Each]> };

type WithoutDefault = 'sites' | 'orderCost' | 'transferLanes' | 'hubs' | 'budget';

/** The settings with their defaults. */
export type ReplenishmentSettings = Set<Exclude<keyof Given, WithoutDefault | 'channels'>> &
  Partial<Set<WithoutDefault>> & { readonly channels?: ChannelSettings };

/** How the merchant's stock is replenished, chosen or not. */
export const replenishmentOf = (
  seller: { readonly replenishment?: Given | undefined } | undefined,
): ReplenishmentSettings => {
  const given = seller?.replenishment ?? {};
  return {
    dailyAt: given.dailyAt ?? '04:00',
    reviewDays: given.reviewDays ?? 1,
    serviceLevels: given.serviceLevels ?? {},
    historyDays: given.historyDays ?? 365,
    leadTimeDeviationPercent: given.leadTimeDeviationPercent ?? 25,
    maxCoverDays: given.maxCoverDays ?? 182,
    overstockDays: given.overstockDays ?? 365,
    soldBeforeExpiryPercent: given.soldBeforeExpiryPercent ?? 90,
    holdingPercentPerYear: given.holdingPercentPerYear ?? 20,
    ...defined({
      ...{ sites: given.sites, orderCost: given.orderCost, transferLanes: given.transferLanes },
      ...{ hubs: given.hubs, budget: given.budget },
      channels: given.channels === undefined ? undefined : channelSettingsOf(given.channels),
    }),
  };
};

/** The warehouses that are replenished: the active ones, and of these the ones that the settings name. */
export const replenishedSites = (
  warehouses: readonly { readonly warehouseId: string; readonly active: boolean }[],
  { sites }: ReplenishmentSettings,
): string[] =>
  warehouses
    .filter(({ warehouseId, active }) => active && (sites === undefined || sites.includes(warehouseId)))
    .map(({ warehouseId }) => warehouseId);

/** Whether a run is made every day. */
export const replenishesDaily = (
  seller: { readonly replenishment?: Given | undefined } | undefined,
): boolean => seller?.replenishment !== undefined;
