import * as z from 'zod';

/** The four kinds of partner that call us back. */
export const callbackKinds = ['payment', 'carrier', 'customs', 'warehouse'] as const;
export type CallbackKind = (typeof callbackKinds)[number];

/**
 * A verified and stored call of a partner. The event carries only its key: the raw body stays in the table, because it
 * may contain personal data.
 */
export const CallbackReceived = {
  name: 'callback.received',
  version: 1,
  description: 'A partner called: the signature was good, the call is stored and waits to be interpreted.',
  data: z.strictObject({
    kind: z.enum(callbackKinds),
    code: z.string(),
    callbackId: z.string(),
  }),
} as const;

export type CallbackReceivedData = z.infer<typeof CallbackReceived.data>;
