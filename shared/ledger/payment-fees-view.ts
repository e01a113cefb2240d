import * as z from 'zod';
import type { Fact } from '../../events/all-events.ts';
import { feeRuleSchema } from '../../events/payment-fee.ts';
import { defined } from '../kernel/defined.ts';
import { idSchema } from '../kernel/ids.ts';
import { type Money, moneySchema, toJson } from '../kernel/money.ts';
import { instantSchema } from '../kernel/time.ts';
import { paymentFees } from './payment-fees.ts';

export const paymentFeeSchema = z
  .strictObject({
    paymentId: idSchema('payment'),
    ...{ provider: z.string(), method: z.string() },
    reference: z.string().meta({ description: 'The provider’s reference of the capture' }),
    capturedAt: instantSchema,
    amount: moneySchema,
    rule: feeRuleSchema
      .optional()
      .meta({ description: 'As it was when the method was chosen; absent: unknown' }),
    expected: moneySchema.optional().meta({ description: 'What the rule gives for the amount' }),
    charged: moneySchema.optional().meta({
      description: 'By the settlement, or before it by the answer to the capture; absent: not said so far',
    }),
    isSettled: z.boolean(),
    difference: moneySchema.optional().meta({ description: 'Charged less expected' }),
  })
  .meta({ id: 'PaymentFee', description: 'What the provider keeps of one capture, in the order’s currency' });

/** The fees of the order's captures as an operator reads them. */
export const paymentFeesView = (facts: readonly Fact[]): z.infer<typeof paymentFeeSchema>[] =>
  paymentFees(facts).map(({ amount, expected, charged, difference, rule, ...fee }) => ({
    ...fee,
    amount: toJson(amount),
    ...defined({ rule, expected: json(expected), charged: json(charged), difference: json(difference) }),
  }));

const json = (amount: Money | undefined) => (amount === undefined ? undefined : toJson(amount));
