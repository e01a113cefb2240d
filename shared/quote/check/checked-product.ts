import * as z from 'zod';
import { chargeSchema, skuSchema } from '../../../events/landed-cost.ts';
import { countrySchema } from '../../kernel/country.ts';
import { moneySchema } from '../../kernel/money.ts';

/** What would make a price possible, or certain. */
const missing = ['longer code', 'tariff', 'measure', 'registration', 'importer', 'exchange rate'] as const;

export type Missing = (typeof missing)[number];

/** How a product is priced in a market. */
export const checkedProductSchema = z
  .strictObject({
    sku: skuSchema,
    market: countrySchema,
    /** The code that it was priced by: its national code there, or that of the Harmonised System. */
    hsCode: z.string(),
    origin: countrySchema,
    /** `range`: priced by the policy, among the rates that lines under the code have. */
    outcome: z.enum(['priced', 'range', 'refused']),
    /** Duty, tax and fees of an order, in the currency of the product's base price. */
    charges: moneySchema.optional(),
    /** The rate of the first duty. */
    dutyRate: z.string().optional(),
    range: chargeSchema.shape.rateRange,
    /** The editions of tariffs behind the price that may be old on the day. */
    old: z.array(z.string()).readonly().optional(),
    /** Why it is refused, as a quote says it; `no-rate` if a currency has no exchange rate. */
    reason: z
      .enum(['unclassified', 'not-registered', 'trade-defence', 'not-supported', 'no-declarant', 'no-rate'])
      .optional(),
    detail: z.string().optional(),
    missing: z.array(z.enum(missing)).readonly(),
    /** Agreements whose proof of origin would lower the duty, with the charges that would be left. */
    proofs: z.array(z.strictObject({ agreement: z.string(), charges: moneySchema })).readonly(),
  })
  .meta({ id: 'CheckedProduct' });

export type CheckedProduct = z.infer<typeof checkedProductSchema>;
