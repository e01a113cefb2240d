import * as z from 'zod';
import { channelSchema } from '../../events/costs.ts';
import { skuSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../kernel/country.ts';
import { moneySchema } from '../kernel/money.ts';
import { type CalendarDate, calendarDateSchema, dayMs, type Instant, later } from '../kernel/time.ts';
import { storefrontIdSchema } from './storefront-id.ts';

/** In minor units. A higher cost must be in the wrong unit, whatever the currency. */
const HIGHEST_COST = 100_000_000_000;

/** What something costs: nothing at least. */
const costSchema = moneySchema.extend({ amount: z.int().min(0).max(HIGHEST_COST) }).meta({ id: 'Cost' });

/** What one unit of a product costs the merchant, from a day on. */
export const purchaseCostSchema = z
  .strictObject({
    sku: skuSchema,
    /** The first day on which it holds, UTC. It holds until the next one of the product. */
    validFrom: calendarDateSchema,
    /** The price of one unit at the supplier, without recoverable tax. */
    purchase: costSchema,
    /** The freight and the charges that bring one unit to the warehouse. Leave it out if it is not known. */
    firstLeg: costSchema.optional(),
  })
  .meta({ id: 'PurchaseCost' });

export type PurchaseCost = z.infer<typeof purchaseCostSchema>;

/** What was spent on marketing for a storefront in a market, on one channel and day. */
export const marketingCostSchema = z
  .strictObject({
    storefrontId: storefrontIdSchema,
    /** The country whose shoppers it is for. */
    market: countrySchema,
    channel: channelSchema,
    /** The day, by the clocks of whoever charges it. */
    day: calendarDateSchema,
    amount: costSchema,
  })
  .meta({ id: 'MarketingCost' });

export type MarketingCost = z.infer<typeof marketingCostSchema>;

/** What tells a cost from every other one; storing it again replaces it. */
export const costKeys = {
  purchase: ({ sku, validFrom }: PurchaseCost): string => `${sku} from ${validFrom}`,
  marketing: ({ storefrontId, market, channel, day }: MarketingCost): string =>
    `${storefrontId} ${market} ${channel} ${day}`,
} as const;

/** The most costs of one import: they are written in one transaction. */
const MAX_COSTS = 100;

/** Costs to import: all of them are stored, or none. */
export const costsToImportSchema = z
  .strictObject({
    /** Reports what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    purchase: z.array(purchaseCostSchema).max(MAX_COSTS).default([]),
    marketing: z.array(marketingCostSchema).max(MAX_COSTS).default([]),
  })
  .superRefine(({ purchase, marketing }, { addIssue }) => {
    const count = purchase.length + marketing.length;
    const wrong = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if (count === 0) wrong([], 'at least one cost');
    if (count > MAX_COSTS) wrong([], `at most ${MAX_COSTS} costs in all`);
    for (const { index, first } of repeats(purchase.map(costKeys.purchase)))
      wrong(['purchase', index, 'validFrom'], `cost ${first} is of the same product and day`);
    for (const { index, first } of repeats(marketing.map(costKeys.marketing)))
      wrong(['marketing', index, 'day'], `cost ${first} is of the same storefront, market, channel and day`);
  })
  .meta({ id: 'CostImport' });

export type CostsToImport = z.infer<typeof costsToImportSchema>;

function repeats(names: readonly string[]): { readonly index: number; readonly first: number }[] {
  const firsts = new Map<string, number>();
  return names.flatMap((name, index) => {
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, index);
    return first === undefined ? [] : [{ index, first }];
  });
}

/** Whether nobody on Earth can have spent money on that day yet. */
export const isYetToCome = (day: CalendarDate, now: Instant): boolean => day > later(now, dayMs).slice(0, 10);
