import { date, defineSubject, text, whole } from '../subject.ts';

/** What products cost the merchant, each time it was stored. */
export const purchaseCosts = defineSubject({
  name: 'purchase_costs',
  says: 'What one unit of a product costs the merchant from a day on, as it was stored. Of one product and day, the row with the latest occurred_at holds.',
  columns: {
    sku: text('The product.'),
    valid_from: date('The first day on which it holds, UTC: until the next one of the product.'),
    purchase_minor: whole('The price of one unit at the supplier, without recoverable tax.'),
    purchase_currency: text('The currency of that price.'),
    first_leg_minor: whole('What brings one unit to the warehouse; absent where it is not known.'),
    first_leg_currency: text('The currency of that freight.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'purchase-cost.stored') return [];
    const { sku, validFrom, purchase, firstLeg } = record.data;
    return [
      {
        sku,
        valid_from: validFrom,
        purchase_minor: purchase.amount,
        purchase_currency: purchase.currency,
        first_leg_minor: firstLeg?.amount,
        first_leg_currency: firstLeg?.currency,
      },
    ];
  },
});
