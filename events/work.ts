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
  'voiding',
  'withdrawal',
] as const;

export type WorkStep = (typeof workSteps)[number];

/** Something should have happened by now: the function that owns the step asks its partner or repeats the step. */
export const WorkDue = {
  name: 'work.due',
  version: 1,
  description: 'A step is late: its owner repeats it or asks the partner.',
  data: z.strictObject({ orderId: idSchema('order'), step: z.enum(workSteps), attempt: z.int().min(1) }),
} as const;

export type WorkDueData = z.infer<typeof WorkDue.data>;
