import { settledFee } from '../../../events/payment-fee.ts';
import { factIn } from '../fact-in.ts';
import { defineSubject, text, whole } from '../subject.ts';

/** What providers paid out. */
export const settlements = defineSubject({
  name: 'settlements',
  says: 'A line of a settlement: what a provider paid out for a capture, a refund or a dispute.',
  columns: {
    order_id: text('The order.'),
    payment_id: text('The payment.'),
    kind: text('payment, refund or dispute.'),
    settles: text('The reference of the capture or the refund, or the dispute.'),
    reference: text('The line, by its number at the provider.'),
    payout_id: text('The payout to the bank.'),
    gross_minor: whole('What the provider owed; below zero where it took money back.'),
    currency: text('The currency of the order.'),
    fee_minor: whole('The fee in this currency, at the rate of the line; absent where it has no rate.'),
    net_minor: whole('Paid to the bank.'),
    held_minor: whole('Held in reserve.'),
    account_currency: text('The currency of what was paid and held.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'payment.settled');
    if (fact === undefined) return [];
    const { paymentId, kind, settles, providerReference, payoutId, gross, net, held } = fact.data;
    return [
      {
        order_id: fact.orderId,
        payment_id: paymentId,
        ...{ kind, settles, reference: providerReference, payout_id: payoutId },
        ...{ gross_minor: gross.amount, currency: gross.currency },
        fee_minor: settledFee(fact.data)?.amountMinor,
        ...{ net_minor: net.amount, held_minor: held.amount, account_currency: net.currency },
      },
    ];
  },
});
