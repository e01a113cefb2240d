import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { calendarDateSchema } from '../shared/kernel/time.ts';
import { skuSchema } from './landed-cost.ts';

/** A channel of sales and marketing, by a code of the merchant. */
export const channelSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and dashes')
  .meta({ description: 'A code of your own', example: 'search' });

/** What a product costs the merchant was stored. Kept in the lake alone. */
export const PurchaseCostStored = {
  name: 'purchase-cost.stored',
  version: 1,
  description: 'What one unit of a product costs the merchant from a day on was stored, or stored anew.',
  data: z.strictObject({
    sku: skuSchema,
    /** The first day on which it holds, UTC. It holds until the next one of the product. */
    validFrom: calendarDateSchema,
    /** The price of one unit at the supplier, without recoverable tax. */
    purchase: moneySchema,
    /** What brings one unit to the warehouse. Absent where it is not known. */
    firstLeg: moneySchema.optional(),
  }),
} as const;

/** What the merchant spent to be seen was stored. Kept in the lake alone. */
export const MarketingCostStored = {
  name: 'marketing-cost.stored',
  version: 1,
  description:
    'What was spent on marketing for a storefront in a market, on one channel and day, was stored.',
  data: z.strictObject({
    storefrontId: z.string(),
    market: countrySchema,
    channel: channelSchema,
    /** The day, by the clocks of whoever charges it. */
    day: calendarDateSchema,
    amount: moneySchema,
  }),
} as const;
