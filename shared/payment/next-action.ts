import * as z from 'zod';
import { instantSchema } from '../kernel/time.ts';

/**
 * The shopper's next step to pay. `confirm` gives a client secret to the provider's own browser library. `pending`: the
 * provider gave no answer; repeat the same request. `push`: the shopper confirms on the phone that was named.
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
    z.strictObject({ type: z.literal('push'), expiresAt: instantSchema }),
  ])
  .meta({ id: 'NextAction' });

export type NextAction = z.infer<typeof nextActionSchema>;

/** The next action from a provider's answer. */
export type ProviderNextAction = Exclude<NextAction, { type: 'pending' }>;
