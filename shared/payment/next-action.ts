import * as z from 'zod';
import { instantSchema } from '../kernel/time.ts';

/**
 * What the shopper does next to pay. `confirm` hands a client secret to the provider's own browser library.
 * `pending`: the provider gave no answer; ask again with the same request.
 */
export const nextActionSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('pending') }),
    z.strictObject({ type: z.literal('confirm'), clientSecret: z.string() }),
    z.strictObject({ type: z.literal('redirect'), url: z.string() }),
    z.strictObject({ type: z.literal('qr'), payload: z.string(), expiresAt: instantSchema }),
    z.strictObject({
      type: z.literal('voucher'),
      reference: z.string(),
      url: z.string(),
      expiresAt: instantSchema,
    }),
  ])
  .meta({ id: 'NextAction' });

export type NextAction = z.infer<typeof nextActionSchema>;

/** What a provider that answered asks of the shopper. */
export type ProviderNextAction = Exclude<NextAction, { type: 'pending' }>;
