import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { authenticationSchema } from './authentication.ts';
import { PaymentCaptureFailed } from './capture-failed.ts';
import { disputeFields } from './dispute.ts';
import { defineFact } from './envelope.ts';
import { captureIdSchema, instalmentPlanSchema, MAX_INSTALMENTS } from './instalments.ts';
import { skuSchema } from './landed-cost.ts';
import { feeRuleSchema } from './payment-fee.ts';

/** The ways in which a person returns money that the provider does not return, such as after its window. */
export const refundWaySchema = z.enum(['bank-transfer', 'store-credit']);

const paymentId = idSchema('payment');
const refundId = idSchema('refund');
const instalmentNumber = z.int().min(1).max(MAX_INSTALMENTS);

const PaymentStarted = defineFact({
  name: 'payment.started',
  version: 1,
  description: "The provider holds an intent for the order's total and waits for the shopper.",
  data: z.strictObject({
    paymentId,
    provider: z.string(),
    providerPaymentId: z.string(),
    amount: moneySchema,
  }),
});

const PaymentMoved = defineFact({
  name: 'payment.moved',
  version: 1,
  description:
    'Another intent pays the order from now on. The one before is voided, and watched until it is void.',
  data: z.strictObject({
    /** The intent before. */
    paymentId,
    provider: z.string(),
    method: z.string(),
    /** Where the goods go. */
    country: countrySchema,
    /**
     * `no-answer`, `refused`, `not-set-up`: the provider before could not make an intent. `chosen`: the shopper chose
     * another method. `soft-decline`: the bank or the provider before could not be reached for an attempt to pay.
     * `paid`: an intent that had been left turned out paid first.
     */
    reason: z.enum(['no-answer', 'refused', 'not-set-up', 'chosen', 'soft-decline', 'paid']),
    /** The code of the provider's refusal, or of the decline. */
    code: z.string().optional(),
    to: z.strictObject({
      paymentId,
      provider: z.string(),
      method: z.string(),
      /** As in the first fact of the order. */
      isCash: z.literal(true).optional(),
      captureAt: z.enum(['dispatch', 'last-dispatch', 'delivery']).optional(),
      plan: instalmentPlanSchema.optional(),
      feeRule: feeRuleSchema.optional(),
    }),
    /** As in the first fact of the order, where the new method has another time. */
    reservedUntil: instantSchema.optional(),
    payableUntil: instantSchema.optional(),
  }),
});

const PaymentFailed = defineFact({
  name: 'payment.failed',
  version: 1,
  description: 'An attempt was declined. The shopper may try again until the reservation lapses.',
  data: z.strictObject({ paymentId, code: z.string(), callbackId: z.string().optional() }),
});

const PaymentAuthorised = defineFact({
  name: 'payment.authorised',
  version: 1,
  description: 'The whole amount is authorised at the provider and not yet captured.',
  data: z.strictObject({
    paymentId,
    amount: moneySchema,
    /** The provider's reference for captures and refunds, where it is another one than the intent's. */
    providerReference: z.string().optional(),
    /** How the shopper was authenticated, where the provider says it. */
    authentication: authenticationSchema.optional(),
  }),
});

const PaymentCaptured = defineFact({
  name: 'payment.captured',
  version: 1,
  description: 'The provider captured the money, or a part of it.',
  data: z.strictObject({
    paymentId,
    amount: moneySchema,
    providerReference: z.string(),
    /** The provider's reference for refunds, where it is another one and no authorisation had it before. */
    authorisationReference: z.string().optional(),
    /** The parcel whose price it is; absent for a capture of the whole. */
    parcelId: idSchema('parcel').optional(),
    /** The instalment that it is; absent where the order is paid in one amount. */
    instalment: instalmentNumber.optional(),
    /** False while more may be captured; absent: nothing more can be. */
    isFinal: z.boolean().optional(),
    /** What the provider keeps of it, where its answer says so. */
    fee: moneySchema.optional(),
    /** The banks' own number of the transfer, such as the end-to-end id of Pix, where the provider says it. */
    bankReference: z.string().optional(),
    /** The number within the code that the shopper paid, such as the txid of Pix, where the provider says it. */
    codeReference: z.string().optional(),
    /** How the shopper was authenticated, where the provider says it. */
    authentication: authenticationSchema.optional(),
  }),
});

const PaymentInstalmentAsked = defineFact({
  name: 'payment.instalment_asked',
  version: 1,
  description:
    'An instalment is charged: the key and the amount are recorded before the request, so that it is charged once.',
  data: z.strictObject({
    paymentId,
    instalment: instalmentNumber,
    captureId: captureIdSchema,
    amount: moneySchema,
  }),
});

const PaymentInstalmentFailed = defineFact({
  name: 'payment.instalment_failed',
  version: 1,
  description: 'An instalment was declined. It is tried again, or a person has to look.',
  data: z.strictObject({
    paymentId,
    instalment: instalmentNumber,
    captureId: captureIdSchema,
    /** The provider's code of the decline. */
    code: z.string(),
    /** When it is tried again; absent: not by itself. */
    retryAt: instantSchema.optional(),
  }),
});

/** Units of a line that go back, with what the shopper paid to us for them. Amounts are in the order's currency. */
export const refundedLineSchema = z
  .strictObject({
    lineId: z.string(),
    sku: skuSchema,
    parcelId: idSchema('parcel'),
    quantity: z.int().min(1),
    goods: moneySchema,
    /** Their share of the freight; absent if it does not go back. */
    shipping: moneySchema.optional(),
    /** Duty and fees go back to the shopper, and the seller still owes them. */
    duty: moneySchema,
    fees: moneySchema,
    /** Each tax of the units, with the part of its base that goes back, in the currency of the rule. */
    taxes: z.array(
      z.strictObject({
        code: z.string(),
        rate: z.string().optional(),
        base: moneySchema.optional(),
        amount: moneySchema,
      }),
    ),
  })
  .meta({ id: 'RefundedLine' });

export type RefundedLine = z.infer<typeof refundedLineSchema>;

const PaymentInstalmentsLowered = defineFact({
  name: 'payment.instalments_lowered',
  version: 1,
  description:
    'The shopper owes less: a refund lowered instalments that were not charged, the latest ones first.',
  data: z.strictObject({
    paymentId,
    /** In all. */
    amount: moneySchema,
    lowered: z.array(z.strictObject({ instalment: instalmentNumber, amount: moneySchema })).min(1),
    /** As in the request for a refund. */
    reason: z.string(),
    requestId: z.string().optional(),
    parcelId: idSchema('parcel').optional(),
    /** The units whose price it and the refunds of the same request give back, all together. */
    lines: z.array(refundedLineSchema).min(1).optional(),
  }),
});

const PaymentVoided = defineFact({
  name: 'payment.voided',
  version: 1,
  description: 'The intent or its authorisation was voided. What was captured before stays captured.',
  data: z.strictObject({ paymentId }),
});

const PaymentDisputed = defineFact({
  name: 'payment.disputed',
  version: 1,
  description:
    "The shopper or the shopper's bank contests the payment: opened, evidence due, evidence submitted, won, lost.",
  data: z.strictObject(disputeFields),
});

const PaymentSettled = defineFact({
  name: 'payment.settled',
  version: 1,
  description:
    'The provider paid out what it owed for the order, or a part of it, less its fee and its reserve.',
  data: z.strictObject({
    paymentId,
    /** The provider's number of the line of its settlement. */
    providerReference: z.string(),
    /** What the line settles: a capture, a refund or a dispute, with the provider's reference of it. */
    kind: z.enum(['payment', 'refund', 'dispute']),
    settles: z.string(),
    /** The payout to the merchant's bank that has the line. */
    payoutId: z.string(),
    /** What it owed, in the currency of the order; below zero where it took money back. */
    gross: moneySchema,
    /** Paid to the account of the merchant, in the currency of the account. */
    net: moneySchema,
    fee: moneySchema,
    /** Held in reserve; below zero where a reserve is paid out. */
    held: moneySchema,
    /** The gross amount at our own rate, in the currency of the account; absent if that is the order's. */
    atOurRate: moneySchema.optional(),
  }),
});

const RefundRequested = defineFact({
  name: 'refund.requested',
  version: 1,
  description:
    'A refund will be requested: its id is recorded before the request, so that it is refunded only once.',
  data: z.strictObject({
    paymentId,
    refundId,
    amount: moneySchema,
    reason: z.string(),
    /** The idempotency key of the operator's request; absent if the journey itself refunds. */
    requestId: z.string().optional(),
    /** The closed parcel whose price it returns; absent if it names no goods. */
    parcelId: idSchema('parcel').optional(),
    /** A person returns it in this way, and confirms it; absent if the provider does. */
    by: refundWaySchema.optional(),
    /**
     * The units whose price it returns: they add up to the amount. In instalments they add up to all refunds of the
     * request, and the first one names them. Absent if it names no units.
     */
    lines: z.array(refundedLineSchema).min(1).optional(),
    /** The provider's reference of the capture that it is given back from; absent where there is one for all. */
    captureReference: z.string().optional(),
  }),
});

const RefundPaid = defineFact({
  name: 'refund.paid',
  version: 1,
  description: 'The provider confirmed the refund, or the person who returned the money in another way.',
  data: z.strictObject({ paymentId, refundId, amount: moneySchema, providerReference: z.string() }),
});

const RefundFailed = defineFact({
  name: 'refund.failed',
  version: 1,
  description: 'The provider could not return the money; a person has to return it.',
  data: z.strictObject({ paymentId, refundId, code: z.string() }),
});

export const paymentFacts = [
  PaymentStarted,
  PaymentMoved,
  PaymentFailed,
  PaymentAuthorised,
  PaymentCaptured,
  PaymentCaptureFailed,
  PaymentInstalmentAsked,
  PaymentInstalmentFailed,
  PaymentInstalmentsLowered,
  PaymentVoided,
  PaymentDisputed,
  PaymentSettled,
  RefundRequested,
  RefundPaid,
  RefundFailed,
] as const;
