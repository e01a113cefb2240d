import { count, defineSubject, text, whole } from '../subject.ts';

/** The double entry behind the orders. */
export const journals = defineSubject({
  name: 'journals',
  says: 'A posting of the ledger. The postings of a fact sum to zero.',
  columns: {
    order_id: text('The order.'),
    sequence: count('The number of the fact in its order.'),
    account: text('The account: customer-deposits, sales, duty-owed:US:cbp …'),
    amount_minor: whole('The amount. A positive amount is a debit.'),
    currency: text('The currency of the amount: that of the order.'),
    description: text('What the entry is for.'),
  },
  rowsOf: (record) => {
    if (!('sequence' in record) || record.journal === undefined) return [];
    const { orderId, sequence, journal } = record;
    return journal.postings.map(({ account, amountMinor, currency }) => ({
      order_id: orderId,
      sequence,
      account,
      amount_minor: amountMinor,
      currency,
      description: journal.description,
    }));
  },
});
