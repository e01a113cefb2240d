import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { currencySchema } from '../shared/kernel/currency.ts';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { skuSchema } from './landed-cost.ts';

/** Where a basket is to go, as coarse as a report needs it. */
const marketSchema = z.strictObject({
  country: countrySchema,
  /** A region by its code. What a shopper typed in its place is left out. */
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/)
    .optional(),
});

const linesSchema = z.array(z.strictObject({ sku: skuSchema, quantity: z.int().min(1) }));

const basket = {
  storefrontId: z.string(),
  destination: marketSchema,
  /** The currency that the shopper asked for. */
  currency: currencySchema,
  incoterm: z.enum(['DDP', 'DAP']),
};

/** A shopper got a price. Kept in the lake alone: no function waits for it. */
export const QuoteGiven = {
  name: 'quote.given',
  version: 1,
  description: 'A basket was priced to a destination: its lines, and the total and promise of each option.',
  data: z.strictObject({
    quoteId: idSchema('quote'),
    ...basket,
    lines: linesSchema.min(1),
    options: z
      .array(
        z.strictObject({
          optionId: z.string(),
          labels: z.array(z.string()),
          /** What the shopper would pay to us. */
          total: moneySchema,
          /** The latest promised arrival of its parcels, UTC. */
          promisedBy: instantSchema,
        }),
      )
      .min(1),
    expiresAt: instantSchema,
    /** The quote that this one refreshes. */
    previousQuoteId: idSchema('quote').optional(),
  }),
} as const;

/** A shopper got no price. Kept in the lake alone. */
export const QuoteRefused = {
  name: 'quote.refused',
  version: 1,
  description: 'A basket could not be priced: the codes of the reasons, and what was asked for.',
  data: z.strictObject({
    ...basket,
    /** Codes of problems, such as `not-in-stock`. */
    reasons: z.array(z.string().regex(/^[a-z0-9-]{1,60}$/)).min(1),
    /** The lines whose SKU the catalogue knows. */
    lines: linesSchema,
  }),
} as const;
