import * as z from 'zod';
import { moneySchema } from '../../kernel/money.ts';

/** What can make the same basket cost something else, or come on another day. */
export const causes = [
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
    /** By how much the figures that it bears on are more than before, in the currency of the quote. */
    amount: moneySchema.optional(),
  })
  .meta({
    id: 'QuoteChange',
    description: 'One reason why a refreshed quote is not what the earlier one was',
  });

export type QuoteChange = z.infer<typeof quoteChangeSchema>;
