import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';

/** The steps of the journey that can be late. The function that owns a step repeats it. */
const workSteps = [
  'payment',
  'screening',
  'capture',
  'booking',
  'clearance',
  'dispatch',
  'cancellation',
  'delivery',
  'refund',
  'evidence',
  'voiding',
  'withdrawal',
] as const;

export type WorkStep = (typeof workSteps)[number];

/** Something should have happened by now: the function that owns the step asks its partner or repeats the step. */
export const lateWorkSchema = z.strictObject({
  orderId: idSchema('order'),
  step: z.enum(workSteps),
  attempt: z.int().min(1),
});

export type LateWork = z.infer<typeof lateWorkSchema>;
