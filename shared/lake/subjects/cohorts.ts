import { count, defineSubject, text } from '../subject.ts';

/** Which order of its customer an order is. */
export const cohorts = defineSubject({
  name: 'cohorts',
  says: 'Which order of its customer an order is. Nothing in the lake tells whose.',
  columns: {
    order_id: text('The order.'),
    first_month: text('The UTC month in which the first order of the customer was placed, 2026-11.'),
    first_country: text('The country of the destination of that order.'),
    nth: count('1 for the first order of the customer.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'customer.counted') return [];
    const { orderId, firstMonth, firstMarket, nth } = record.data;
    return [{ order_id: orderId, first_month: firstMonth, first_country: firstMarket, nth }];
  },
});
