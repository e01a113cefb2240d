import type { PartnerHelp } from '../pages/help.ts';

export const supplierHelp: PartnerHelp = {
  title: 'Supplier',
  about:
    'Takes purchase orders and their cancellations as UBL 2.1 (`Order`, `OrderCancellation`) at `POST /v1/documents`, signed by Standard Webhooks. It answers with a signed `OrderResponse` in a third of a second, and sends a `DespatchAdvice` half a second later. `GET /_sandbox/objects/sample-supplier.delivery` shows what somebody at the dock will count.',
  tables: [
    {
      title: 'Words in a SKU, in the supplier’s own number of it, or in the name of a product',
      columns: ['word', 'what the supplier does'],
      rows: [
        ['`REFUSED`', 'refuses the order'],
        ['`SILENT`', 'takes the order and says nothing more'],
        ['`LATE`', 'promises to deliver two weeks late'],
        ['`SHORT`', 'one unit of each line is missing in the carton'],
        ['`DAMAGED`', 'one unit of each line comes broken'],
        ['`FEWER`', 'takes the order and delivers half of each line'],
        ['`TWICE`', 'sends each answer twice, as messages of their own'],
      ],
    },
  ],
  behaviours: [
    { name: 'refused', effect: 'refuses the order' },
    { name: 'silent', effect: 'takes the order and says nothing more' },
    { name: 'short', effect: 'one unit of each line is missing' },
    { name: 'fewer', effect: 'delivers half of each line' },
    { name: 'damaged', effect: 'one unit of each line comes broken' },
  ],
};
