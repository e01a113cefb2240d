import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { idSchema } from '../shared/kernel/ids.ts';

/** An order was counted among those of its customer. Kept in the lake alone. */
export const CustomerCounted = {
  name: 'customer.counted',
  version: 1,
  description:
    'An order was counted among those of its customer: which one it is, and when and where the first one went.',
  data: z.strictObject({
    orderId: idSchema('order'),
    /** The UTC month in which the first order of the customer was placed, `2026-11`. */
    firstMonth: z.string().regex(/^\d{4}-\d{2}$/),
    /** The country of the destination of that order. */
    firstMarket: countrySchema,
    /** 1 for the first order of the customer. At most 201: later ones are not distinguished. */
    nth: z.int().min(1).max(201),
  }),
} as const;
