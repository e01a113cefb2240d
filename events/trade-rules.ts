import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { skuSchema } from './landed-cost.ts';

/** The limit keeps the event small enough for the bus, whatever the size of the catalogue. */
export const MAX_AFFECTED_SKUS = 1_000;

/** A deployment's own trade rules changed: open baskets can be priced again. */
export const TradeRulesImported = {
  name: 'trade-rules.imported',
  version: 1,
  description: 'Trade rules were imported: what they changed, for which destinations and goods.',
  data: z.strictObject({
    /** The version that quotes name from now on, and the one before. */
    version: z.string(),
    previousVersion: z.string(),
    destinations: z.array(countrySchema),
    /** Prefixes of the Harmonised System whose goods are affected; empty if all are. */
    goods: z.array(z.string()),
    /** Products of the catalogue with such an HS code, at most a thousand, sorted. */
    skus: z.array(skuSchema).max(MAX_AFFECTED_SKUS),
    /** Whether more products are affected than listed: look them up by `goods`. */
    moreSkus: z.boolean(),
    added: z.int().min(0),
    changed: z.int().min(0),
  }),
} as const;

export type TradeRulesImportedData = z.infer<typeof TradeRulesImported.data>;
