import { factIn } from '../fact-in.ts';
import { defineSubject, text, whole } from '../subject.ts';

/** What happened to the payments. */
export const payments = defineSubject({
  name: 'payments',
  says: 'A step of a payment.',
  columns: {
    order_id: text('The order.'),
    payment_id: text('The payment.'),
    event: text('started, failed, authorised, captured, capture_failed, voided or disputed.'),
    provider: text('Who takes the payment; named when it is started.'),
    amount_minor: whole('The amount; absent for failed and voided.'),
    currency: text('The currency of the amount.'),
    reference: text(
      'Of a capture, also a failed one: the reference of the provider, by which a settlement names it.',
    ),
    fee_minor: whole('Of a capture: what the provider keeps, where its answer says it.'),
    code: text(
      'Why an attempt was declined, a capture failed or the payment was disputed: the code of the provider.',
    ),
  },
  rowsOf: (record) => {
    const fact = factIn(
      record,
      'payment.started',
      'payment.failed',
      'payment.authorised',
      'payment.captured',
      'payment.capture_failed',
      'payment.voided',
      'payment.disputed',
    );
    if (fact === undefined) return [];
    const amount = 'amount' in fact.data ? fact.data.amount : undefined;
    const captured = fact.name === 'payment.captured' ? fact.data : undefined;
    const failed = fact.name === 'payment.capture_failed' ? fact.data : undefined;
    return [
      {
        order_id: fact.orderId,
        payment_id: fact.data.paymentId,
        event: fact.name.slice('payment.'.length),
        provider: fact.name === 'payment.started' ? fact.data.provider : undefined,
        amount_minor: amount?.amount,
        currency: amount?.currency,
        reference: (captured ?? failed)?.providerReference,
        fee_minor: captured?.fee?.amount,
        code: 'code' in fact.data ? fact.data.code : undefined,
      },
    ];
  },
});
