import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';

/** In place of a fact that is larger than an event may be: it says where the fact is. */
export const FactTooLarge = {
  name: 'fact.too_large',
  version: 1,
  description:
    'A fact is larger than an event may be, such as `order.placed` of a very long order. This names the fact: ' +
    '`GET /v1/admin/orders/{orderId}` gives it.',
  data: z.strictObject({
    orderId: idSchema('order'),
    /** The number of the fact on its order's timeline, and its name. */
    sequence: z.int().min(1),
    name: z.string(),
    /** Its size as JSON. */
    bytes: z.int().min(1),
  }),
} as const;

export type FactTooLargeData = z.infer<typeof FactTooLarge.data>;
