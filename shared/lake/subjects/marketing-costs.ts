import { date, defineSubject, text, whole } from '../subject.ts';

/** What was spent on marketing, each time it was stored. */
export const marketingCosts = defineSubject({
  name: 'marketing_costs',
  says: 'What was spent on marketing on one channel and day, as it was stored. Of one storefront, market, channel and spent_on, the row with the latest occurred_at holds.',
  columns: {
    storefront_id: text('The storefront that it is for.'),
    country: text('The country whose shoppers it is for.'),
    channel: text('The channel, by a code of the merchant.'),
    spent_on: date('The day, by the clocks of whoever charges it.'),
    amount_minor: whole('The amount.'),
    currency: text('The currency of the amount.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'marketing-cost.stored') return [];
    const { storefrontId, market, channel, day, amount } = record.data;
    return [
      {
        storefront_id: storefrontId,
        country: market,
        channel,
        spent_on: day,
        amount_minor: amount.amount,
        currency: amount.currency,
      },
    ];
  },
});
