import { count, defineSubject, text } from '../subject.ts';

/** The goods that shoppers asked the price of. */
export const quoteLines = defineSubject({
  name: 'quote_lines',
  says: 'A line of a basket that was priced or refused.',
  columns: {
    quote_id: text('The quote; absent for a refused basket, which is known by fact_id.'),
    outcome: text('given or refused.'),
    storefront_id: text('The storefront that asked.'),
    country: text('The country of the destination.'),
    sku: text('The product.'),
    quantity: count('Units.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'quote.given' && record.name !== 'quote.refused') return [];
    const { storefrontId, destination, lines } = record.data;
    return lines.map(({ sku, quantity }) => ({
      quote_id: record.name === 'quote.given' ? record.data.quoteId : undefined,
      outcome: record.name === 'quote.given' ? 'given' : 'refused',
      storefront_id: storefrontId,
      country: destination.country,
      sku,
      quantity,
    }));
  },
});
