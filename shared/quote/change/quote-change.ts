import * as z from 'zod';
import { moneySchema } from '../../kernel/money.ts';

/** Causes of a different price or delivery day for the same basket. */
const causes = [
  'stock',
  'network',
  'price',
  'seller',
  'fx',
  'rate-card',
  'delivery-slot',
  'rule',
  'promise',
] as const;

export const quoteChangeSchema = z
  .strictObject({
    what: z.enum(causes),
    /** In words and figures. */
    detail: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
    /** How much the affected figures rose, in the currency of the quote. */
    amount: moneySchema.optional(),
  })
  .meta({
    id: 'QuoteChange',
    description: 'One reason why a refreshed quote differs from the earlier one',
  });

export type QuoteChange = z.infer<typeof quoteChangeSchema>;
