import { count, defineSubject, text } from '../subject.ts';

/** What shoppers did before they asked for a price. */
export const visitSteps = defineSubject({
  name: 'visit_steps',
  says: 'A product that a shopper viewed or put into the cart, if the storefront reports visits.',
  columns: {
    storefront_id: text('The storefront that reported it.'),
    country: text('The market that the shop showed; absent where the storefront did not name it.'),
    visitor: text(
      'The same for all steps of a shopper of one storefront on one UTC day; absent where the storefront gave no number.',
    ),
    step: text('view or cart.'),
    sku: text('The product as the storefront wrote it. The catalogue may not know it.'),
    quantity: count('Units that were put into the cart; absent for a view.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'visit.reported') return [];
    const { storefrontId, country, visitor, steps } = record.data;
    return steps.map(({ step, sku, quantity }) => ({
      ...{ storefront_id: storefrontId, country, visitor, step, sku, quantity },
    }));
  },
});
