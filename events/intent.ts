import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { disputeFields } from './dispute.ts';
import { defineFact } from './envelope.ts';

const paymentId = idSchema('payment');
const refundId = idSchema('refund');

const IntentVoided = defineFact({
  name: 'intent.voided',
  version: 1,
  description: 'An intent from which the payment was moved away is void at its provider: nobody can pay it.',
  data: z.strictObject({ paymentId, provider: z.string() }),
});

const IntentCaptured = defineFact({
  name: 'intent.captured',
  version: 1,
  description: 'An intent that does not pay the order brought money: it goes back whole.',
  data: z.strictObject({
    paymentId,
    provider: z.string(),
    providerPaymentId: z.string(),
    amount: moneySchema,
    providerReference: z.string(),
    /** The provider's reference for refunds, where it is another one than the intent's. */
    authorisationReference: z.string().optional(),
  }),
});

const IntentRefundRequested = defineFact({
  name: 'intent.refund_requested',
  version: 1,
  description: 'The money of an intent that does not pay the order will be refunded under this id.',
  data: z.strictObject({ paymentId, refundId, amount: moneySchema }),
});

const IntentRefunded = defineFact({
  name: 'intent.refunded',
  version: 1,
  description: 'The provider returned the money of an intent that does not pay the order.',
  data: z.strictObject({
    paymentId,
    provider: z.string(),
    refundId,
    amount: moneySchema,
    providerReference: z.string(),
  }),
});

const IntentRefundFailed = defineFact({
  name: 'intent.refund_failed',
  version: 1,
  description:
    'The provider could not return the money of an intent that does not pay the order; a person has to.',
  data: z.strictObject({
    paymentId,
    provider: z.string(),
    refundId,
    code: z.string(),
    /** What came back to us, if the refund had been paid before. */
    cameBack: moneySchema.optional(),
  }),
});

const IntentDisputed = defineFact({
  name: 'intent.disputed',
  version: 1,
  description:
    "The shopper or the shopper's bank contests the money of an intent that does not pay the order. What the provider " +
    'took is not refunded as well.',
  data: z.strictObject({ provider: z.string(), ...disputeFields }),
});

/** What becomes of the intents that a payment was moved away from. */
export const intentFacts = [
  IntentVoided,
  IntentCaptured,
  IntentRefundRequested,
  IntentRefunded,
  IntentRefundFailed,
  IntentDisputed,
] as const;
