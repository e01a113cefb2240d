import { factIn } from '../fact-in.ts';
import { count, defineSubject, text, whole } from '../subject.ts';
import { feeRuleCells, feeRuleColumns } from './fee-rule.ts';

/** What happened to the intents of payments that moved. */
export const intents = defineSubject({
  name: 'intents',
  says: 'A payment that moved to another intent, or a step of an intent that was left.',
  columns: {
    order_id: text('The order.'),
    sequence: count('The number of the fact in its order.'),
    payment_id: text('The intent that was left.'),
    event: text('moved, voided, captured, refund_requested, refunded, refund_failed or disputed.'),
    provider: text('Who would have taken its payment; absent for refund_requested.'),
    method: text('How the shopper would have paid; named when it is left.'),
    country: text('Where the goods go; named when it is left.'),
    reason: text(
      'Why it was left: no-answer, refused, not-set-up, chosen, paid; for a failed refund and a dispute the code.',
    ),
    to_payment_id: text('The intent that pays the order from then on.'),
    to_provider: text('Who takes its payment.'),
    to_method: text('How the shopper pays.'),
    ...feeRuleColumns,
    amount_minor: whole('What it brought or gives back, or what is contested of it.'),
    currency: text('The currency of the amount.'),
  },
  rowsOf: (record) => {
    const fact = factIn(
      record,
      'payment.moved',
      'intent.voided',
      'intent.captured',
      'intent.refund_requested',
      'intent.refunded',
      'intent.refund_failed',
      'intent.disputed',
    );
    if (fact === undefined) return [];
    const { data } = fact;
    const moved = fact.name === 'payment.moved' ? fact.data : undefined;
    const amount = 'amount' in data ? data.amount : undefined;
    return [
      {
        order_id: fact.orderId,
        sequence: fact.sequence,
        payment_id: data.paymentId,
        event: fact.name.split('.')[1],
        provider: 'provider' in data ? data.provider : undefined,
        method: moved?.method,
        country: moved?.country,
        reason: 'code' in data && fact.name !== 'payment.moved' ? data.code : moved?.reason,
        to_payment_id: moved?.to.paymentId,
        to_provider: moved?.to.provider,
        to_method: moved?.to.method,
        ...feeRuleCells(moved?.to.feeRule),
        amount_minor: amount?.amount,
        currency: amount?.currency,
      },
    ];
  },
});
