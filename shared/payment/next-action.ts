import * as z from 'zod';
import { idSchema } from '../kernel/ids.ts';
import { instantSchema } from '../kernel/time.ts';

/**
 * The shopper's next step to pay. `confirm` gives a client secret to the provider's own browser library. `pending`: the
 * provider gave no answer; repeat the same request. `push`: the shopper confirms on the phone that was named.
 */
const nextActionSchema = z
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

/** What a shopper needs to pay: the answer to a started payment. */
export const startedPaymentSchema = z
  .strictObject({
    paymentId: idSchema('payment'),
    method: z.string(),
    /** Who takes the payment: another provider than the first where that one was out. */
    provider: z.string(),
    /** The shopper's next step. `pending`: the provider gave no answer yet; repeat the request. */
    nextAction: nextActionSchema,
    /** With `pending`: what other providers offer. `POST /v1/orders/{orderId}/payment` takes one of them. */
    otherMethods: z.array(z.strictObject({ method: z.string(), provider: z.string() })).optional(),
  })
  .meta({ id: 'StartedPayment' });

export type NextAction = z.infer<typeof nextActionSchema>;

/** The next action from a provider's answer. */
export type ProviderNextAction = Exclude<NextAction, { type: 'pending' }>;
