import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { callbackKinds } from './callback.ts';

/** What became of a partner's call. Kept in the lake alone; its text is never part of it. */
export const CallbackReceived = {
  name: 'callback.received',
  version: 1,
  description:
    "A verified call of a partner was handled, and what became of it. The call's text is not part of it.",
  data: z.strictObject({
    kind: z.enum(callbackKinds),
    /** The code of the partner's plug-in. */
    code: z.string(),
    /** The partner's own id of the call. */
    callbackId: z.string(),
    outcome: z.enum([
      /** Facts followed from it. */
      'acted',
      /** It said nothing new. */
      'ignored',
      /** Its text was kept apart: it was not understood, its handling failed at first, or it is very long. */
      'kept',
    ]),
    /** The order that it concerns, if known. */
    orderId: idSchema('order').optional(),
  }),
} as const;
