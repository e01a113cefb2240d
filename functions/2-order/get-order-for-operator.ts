import * as z from 'zod';
import { factNames } from '../../events/all-events.ts';
import { feeRuleSchema } from '../../events/payment-fee.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { type Money, moneySchema, toJson } from '../../shared/kernel/money.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { instantSchema } from '../../shared/kernel/time.ts';
import { paymentFees } from '../../shared/ledger/index.ts';
import { orderOf, orderView, orderViewSchema } from '../../shared/order/index.ts';
import { orderDeps } from '../../shared/runtime/deps/order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { attentionSchema } from '../../shared/timeline/index.ts';

const ledgerEntrySchema = z
  .strictObject({
    occurredAt: instantSchema,
    description: z.string(),
    /** Positive: debit. Negative: credit. Each entry sums to zero in every currency. */
    postings: z.array(z.strictObject({ account: z.string(), amount: moneySchema })),
  })
  .meta({ id: 'LedgerEntry' });

const paymentFeeSchema = z
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

export const contract = defineContract({
  id: '2-order/get-order-for-operator',
  summary: 'An order with its ledger and its facts, for an operator',
  params: z.strictObject({ orderId: idSchema('order') }),
  answers: {
    200: {
      description: 'The order, its reasons for attention, its ledger, its facts',
      schema: orderViewSchema
        .extend({
          attention: z
            .array(attentionSchema)
            .meta({ description: 'Why a person has to look, oldest first; empty if nobody has to' }),
          ledger: z.array(ledgerEntrySchema),
          fees: z.array(paymentFeeSchema),
          facts: z
            .array(z.looseObject({ name: z.enum(factNames) }))
            .meta({ description: 'Every fact as AsyncAPI describes it' }),
        })
        .meta({ id: 'OperatorOrder' }),
    },
  },
  problems: [404],
});

export const handler = http(contract, orderDeps, async ({ params }, { orders }) => {
  const order = await orders.read(params.orderId);
  if (order === undefined) throw new ProblemError(notFound('order'));
  const { facts } = order.timeline;
  const { attention } = orderOf(facts);
  const ledger = order.journals.map(({ occurredAt, description, postings }) => ({
    occurredAt,
    description,
    postings: postings.map(({ account, amount }) => ({ account, amount: toJson(amount) })),
  }));
  return {
    status: 200,
    body: { ...orderView(facts), attention: [...attention], ledger, fees: feesOf(facts), facts },
  };
});

const feesOf = (facts: Parameters<typeof paymentFees>[0]) =>
  paymentFees(facts).map(({ amount, expected, charged, difference, rule, ...fee }) => ({
    ...fee,
    amount: toJson(amount),
    ...defined({ rule, expected: json(expected), charged: json(charged), difference: json(difference) }),
  }));

const json = (amount: Money | undefined) => (amount === undefined ? undefined : toJson(amount));
