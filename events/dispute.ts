import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { instantSchema } from '../shared/kernel/time.ts';

/** What a provider says about a dispute, in the facts about it. */
export const disputeFields = {
  paymentId: idSchema('payment'),
  /** The provider's number of the dispute. */
  providerReference: z.string(),
  status: z.enum(['opened', 'evidence-due', 'submitted', 'won', 'lost']),
  /** What is contested. */
  amount: moneySchema,
  /** What the provider has taken back from us by now; zero before it took anything and after it gave it back. */
  withdrawn: moneySchema,
  /** What the provider keeps for the dispute, by now, where it says so. */
  fee: moneySchema.optional(),
  /** The provider's code of the reason. */
  code: z.string(),
  evidenceDueAt: instantSchema.optional(),
  /** When the provider said it, where it gives the time. */
  statedAt: instantSchema.optional(),
};
