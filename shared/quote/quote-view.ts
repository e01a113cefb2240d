import * as z from 'zod';
import { type LandedCost, landedCostSchema, totalsSchema } from '../../events/landed-cost.ts';
import { idSchema } from '../kernel/ids.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import type { MadeQuote } from './make-quote.ts';

const promiseSchema = z.strictObject({ earliest: instantSchema, latest: instantSchema });

const optionSchema = z
  .strictObject({ service: z.string(), totals: totalsSchema, promise: promiseSchema })
  .meta({
    id: 'QuoteOption',
    description: 'What the basket costs by a service: ask for a quote with that service to order it',
  });

/** A quote as the storefront sees it. */
export const quoteViewSchema = z.strictObject({
  quoteId: idSchema('quote'),
  expiresAt: instantSchema,
  landedCost: landedCostSchema,
  totals: totalsSchema,
  options: z.array(optionSchema),
});

export function quoteView({ quote, options }: MadeQuote): z.infer<typeof quoteViewSchema> {
  const { quoteId, expiresAt, landedCost } = quote;
  return {
    quoteId,
    expiresAt,
    landedCost,
    totals: landedCost.totals,
    options: options.map((option) => ({
      service: option.service,
      totals: option.landedCost.totals,
      promise: promiseOfAll(option.landedCost),
    })),
  };
}

/** The basket is there when its last parcel is. */
function promiseOfAll({ consignments }: LandedCost): { earliest: Instant; latest: Instant } {
  const last = (instants: Instant[]) => instants.toSorted().at(-1) ?? '';
  return {
    earliest: last(consignments.map(({ promise }) => promise.earliest)),
    latest: last(consignments.map(({ promise }) => promise.latest)),
  };
}
