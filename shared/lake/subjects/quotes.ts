import { count, defineSubject, instant, text, whole } from '../subject.ts';

/** What shoppers asked the price of. */
export const quotes = defineSubject({
  name: 'quotes',
  says: 'A basket that was priced, or refused: then one row for each reason.',
  columns: {
    quote_id: text('The quote; absent for a refused basket, which is known by fact_id.'),
    storefront_id: text('The storefront that asked.'),
    outcome: text('given or refused.'),
    reason: text('Why it was refused, by the code of the problem: not-in-stock …'),
    country: text('The country of the destination.'),
    region: text('The region of the destination by its code.'),
    incoterm: text('DDP or DAP.'),
    currency: text('The currency that the shopper asked for.'),
    lines: count('The number of lines of the basket.'),
    options: count('The number of options that were offered.'),
    cheapest_minor: whole('What the cheapest option costs the shopper.'),
    promised_by: instant('The latest arrival of the option that arrives first, UTC.'),
    previous_quote_id: text('The quote that it refreshes.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'quote.given' && record.name !== 'quote.refused') return [];
    const { storefrontId, destination, incoterm, currency, lines } = record.data;
    const basket = {
      storefront_id: storefrontId,
      country: destination.country,
      region: destination.region,
      ...{ incoterm, currency, lines: lines.length },
    };
    if (record.name === 'quote.refused')
      return record.data.reasons.map((reason) => ({ ...noQuote, ...basket, outcome: 'refused', reason }));
    const { quoteId, options, previousQuoteId } = record.data;
    return [
      {
        ...basket,
        quote_id: quoteId,
        outcome: 'given',
        reason: undefined,
        options: options.length,
        cheapest_minor: Math.min(...options.map(({ total }) => total.amount)),
        promised_by: options.map(({ promisedBy }) => promisedBy).sort()[0],
        previous_quote_id: previousQuoteId,
      },
    ];
  },
});

const noQuote = {
  quote_id: undefined,
  options: undefined,
  cheapest_minor: undefined,
  promised_by: undefined,
  previous_quote_id: undefined,
};
