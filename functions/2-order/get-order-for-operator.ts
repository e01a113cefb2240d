import * as z from 'zod';
import { factNames } from '../../events/all-events.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { moneySchema, toJson } from '../../shared/kernel/money.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { instantSchema } from '../../shared/kernel/time.ts';
import { paymentFeeSchema, paymentFeesView } from '../../shared/ledger/index.ts';
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
    body: { ...orderView(facts), attention: [...attention], ledger, fees: paymentFeesView(facts), facts },
  };
});
