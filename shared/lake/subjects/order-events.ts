import { count, defineSubject, text } from '../subject.ts';

/** Every fact of an order but the scans, which are many and have a table of their own. */
export const orderEvents = defineSubject({
  name: 'order_events',
  says: 'A fact of an order, of any name but a scan: when each step was done.',
  columns: {
    order_id: text('The order.'),
    sequence: count('The number of the fact in its order, from 1 without a gap.'),
    name: text('The name of the fact as in events: payment.captured …'),
    reason: text('The reason that the fact names: of a hold, a cancellation, a refund, a query of customs.'),
    caused_by: text('Who caused it: shopper, merchant, operator, partner, clock or journey.'),
  },
  rowsOf: (record) => {
    if (!('sequence' in record) || record.name === 'parcel.scanned') return [];
    const { orderId, sequence, name, by, data } = record;
    return [
      {
        order_id: orderId,
        sequence,
        name,
        reason: 'reason' in data ? data.reason : undefined,
        caused_by: by,
      },
    ];
  },
});
