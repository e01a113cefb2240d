import { factIn } from '../fact-in.ts';
import { defineSubject, text, whole } from '../subject.ts';

/** What happened to the refunds. */
export const refunds = defineSubject({
  name: 'refunds',
  says: 'A step of a refund.',
  columns: {
    order_id: text('The order.'),
    refund_id: text('The refund.'),
    event: text('requested, paid or failed. A refund that was paid may fail later: the money came back.'),
    amount_minor: whole('The amount; absent for failed.'),
    currency: text('The currency of the amount.'),
    reason: text('The reason, named when it is requested; for failed the code of the provider.'),
    parcel_id: text('The closed parcel whose price it returns, named when it is requested.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'refund.requested', 'refund.paid', 'refund.failed');
    if (fact === undefined) return [];
    const amount = fact.name === 'refund.failed' ? undefined : fact.data.amount;
    const requested = fact.name === 'refund.requested' ? fact.data : undefined;
    return [
      {
        order_id: fact.orderId,
        refund_id: fact.data.refundId,
        event: fact.name.slice('refund.'.length),
        amount_minor: amount?.amount,
        currency: amount?.currency,
        reason: fact.name === 'refund.failed' ? fact.data.code : requested?.reason,
        parcel_id: requested?.parcelId,
      },
    ];
  },
});
