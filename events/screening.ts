import * as z from 'zod';
import { defineFact } from './envelope.ts';

const findingSchema = z
  .strictObject({
    ruleId: z.string(),
    outcome: z.enum(['pass', 'hold', 'refuse']),
    /** Says what was found without naming the person. */
    explanation: z.string(),
  })
  .meta({ id: 'Finding' });

export type Finding = z.infer<typeof findingSchema>;

const ScreeningReleased = defineFact({
  name: 'screening.released',
  version: 1,
  description: 'Every rule passed, or a person released the order: the payment may be captured.',
  data: z.strictObject({
    findings: z.array(findingSchema),
    by: z.enum(['rules', 'operator']),
    /** The payment was captured before the rules released the order, or is at dispatch: parcels are booked at once. */
    payment: z.literal('captured').optional(),
  }),
});

const ScreeningHeld = defineFact({
  name: 'screening.held',
  version: 1,
  description: 'A rule wants a person to look; its id is in the findings.',
  data: z.strictObject({ findings: z.array(findingSchema) }),
});

const ScreeningRefused = defineFact({
  name: 'screening.refused',
  version: 1,
  description: 'The order must not be fulfilled.',
  data: z.strictObject({ findings: z.array(findingSchema), by: z.enum(['rules', 'operator']) }),
});

export const screeningFacts = [ScreeningReleased, ScreeningHeld, ScreeningRefused] as const;
