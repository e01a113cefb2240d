import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { defineFact } from './envelope.ts';

const paymentId = idSchema('payment');
/** The provider's number of the dispute. */
const providerReference = z.string();

const EvidenceReminded = defineFact({
  name: 'evidence.reminded',
  version: 1,
  description:
    'The evidence for a dispute is due soon, and nobody has submitted it: asked for a second time.',
  data: z.strictObject({ paymentId, providerReference, evidenceDueAt: instantSchema }),
});

const EvidenceSubmitted = defineFact({
  name: 'evidence.submitted',
  version: 1,
  description:
    'The evidence for a dispute was submitted: by us to the provider, or by a person at the provider.',
  data: z.strictObject({
    paymentId,
    providerReference,
    by: z.enum(['provider', 'hand']),
    /** SHA-256 of the document that was sent, in hexadecimal; absent if a person submitted it. */
    document: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    /** What the person's submission is called at the provider: a reference, never a name. */
    reference: z.string().optional(),
  }),
});

const EvidenceMissed = defineFact({
  name: 'evidence.missed',
  version: 1,
  description: 'The time for the evidence for a dispute has passed, and none was submitted.',
  data: z.strictObject({ paymentId, providerReference, evidenceDueAt: instantSchema }),
});

/** What becomes of the evidence for disputes. */
export const evidenceFacts = [EvidenceReminded, EvidenceSubmitted, EvidenceMissed] as const;
