import { count, defineSubject, text, whole } from '../subject.ts';

/** What was counted at the dock: the scores of suppliers can be learnt from it. */
export const receipts = defineSubject({
  name: 'receipts',
  says: 'A SKU of a delivery as it was counted at the dock: received + short + damaged = noticed.',
  columns: {
    replenishment_order_id: text('The order.'),
    notice_id: text('The delivery.'),
    sku: text('The product.'),
    noticed: count('Units that should have been there.'),
    received: count('Good units: they are in stock.'),
    short: count('Units that were not there.'),
    damaged: count('Units that were damaged or rejected.'),
    rejected: count('Those of them that failed the inspection.'),
    first_leg_minor: whole("The line's share of the bill of freight."),
    first_leg_currency: text('The currency of that share.'),
    days_late: count('Whole days after the promised day; 0 if in time.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'replenishment.received') return [];
    const { replenishmentOrderId, noticeId, lines, daysLate } = record.data;
    return lines.map(({ sku, noticed, received, short, damaged, rejected, firstLeg }) => ({
      replenishment_order_id: replenishmentOrderId,
      notice_id: noticeId,
      ...{ sku, noticed, received, short, damaged, rejected },
      first_leg_minor: firstLeg?.amount,
      first_leg_currency: firstLeg?.currency,
      days_late: daysLate,
    }));
  },
});
