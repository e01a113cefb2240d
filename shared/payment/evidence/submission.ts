import * as z from 'zod';
import type { Cause } from '../../../events/envelope.ts';
import { operatorRequest } from '../../timeline/index.ts';

/** The provider's number of a dispute. */
export const disputeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,80}$/, 'letters, digits and . _ -')
  .meta({ description: "The provider's number of the dispute", example: 'du_1Q8sample' });

/** What an operator sends with the evidence for a dispute. */
export const submissionSchema = z
  .strictObject({
    /** `hand`: a person has submitted it at the provider. */
    by: z.enum(['provider', 'hand']).default('provider'),
    /** What that is called at the provider; only with `hand`. */
    reference: z
      .string()
      .regex(/^[A-Za-z0-9._/-]{1,60}$/, 'a reference of letters, digits and . _ / -')
      .optional(),
  })
  .refine(({ by, reference }) => by === 'hand' || reference === undefined, {
    path: ['reference'],
    message: 'only what a person has submitted has a reference',
  });

/** A submission: the dispute, and how. */
export interface Submission {
  readonly disputeId: string;
  /** `hand`: a person has submitted it at the provider, and says what it is called there. */
  readonly by: 'provider' | 'hand';
  /** A reference, never a name. */
  readonly reference?: string | undefined;
}

/** The cause of the facts that follow from an operator's request with that key. */
export const submissionCause = (
  { disputeId, by, reference = '' }: Submission,
  { operator, key }: { readonly operator: string; readonly key: string },
): Cause => ({
  by: 'operator',
  reference: operator,
  request: operatorRequest(key, { decision: 'evidence', disputeId, by, reference }),
});
