import { factIn } from '../fact-in.ts';
import { defineSubject, text, whole } from '../subject.ts';

/** What the carriers charged, and what became of it. */
export const freightInvoices = defineSubject({
  name: 'freight_invoices',
  says: "A line of a carrier's invoice, or the end of a dispute about one.",
  columns: {
    order_id: text('The order.'),
    parcel_id: text('The parcel.'),
    event: text('invoiced or dispute_settled.'),
    carrier: text('The carrier that charges.'),
    invoice_number: text('The number of the invoice.'),
    amount_minor: whole('What the line charges.'),
    currency: text('The currency of all three amounts.'),
    carded_minor: whole('The freight by the rate card for the whole parcel.'),
    excess_minor: whole("How far the line takes the parcel's cost above the card; absent if it is matched."),
    status: text('invoiced: matched or disputed. dispute_settled: credited or accepted.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'freight.invoiced', 'freight.dispute_settled');
    if (fact === undefined) return [];
    const invoiced = fact.name === 'freight.invoiced' ? fact.data : undefined;
    return [
      {
        order_id: fact.orderId,
        parcel_id: fact.data.parcelId,
        event: fact.name.slice('freight.'.length),
        carrier: fact.data.carrier,
        invoice_number: fact.data.invoiceNumber,
        amount_minor: invoiced?.amount.amount,
        currency: invoiced?.amount.currency,
        carded_minor: invoiced?.carded.amount,
        excess_minor: invoiced?.excess?.amount,
        status: fact.name === 'freight.invoiced' ? fact.data.status : fact.data.outcome,
      },
    ];
  },
});
