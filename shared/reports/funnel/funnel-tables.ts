import { amount, count, country, day, type ReportColumns, ratio, text } from '../answer/columns.ts';

const REPORTED = 'as storefronts reported them (POST /v1/visits). Zero where they report none';
const PLACED = 'Orders that were placed then';

const figures = {
  visitors: count(
    'Visitors',
    `Shoppers of one storefront and market on one UTC day, ${REPORTED}, or without numbers of visitors. They count at their first step.`,
  ),
  views: count('Views', `Products that shoppers viewed, ${REPORTED}.`),
  carts: count('Into the cart', `How often a product was put into a cart, ${REPORTED}.`),
  quotes: count('Quotes', 'Baskets that were priced. A quote that refreshes another one is not counted.'),
  refused: count(
    'Refused',
    'Baskets that got no price, as far as the quote could note them: it waits 300 ms at most. A refused refresh is counted too.',
  ),
  orders: count('Orders', `${PLACED}, paid or not.`),
  paid: count(
    'Paid',
    `${PLACED} and whose payment was accepted, or that cost nothing. It changes until the order is paid, or if its payment is given up.`,
  ),
  delivered: count('Delivered', `${PLACED} and have arrived until now. It grows.`),
  charged: amount(
    'Charged',
    "What the shoppers of the paid orders were charged, converted at the rate of the order's locked day.",
  ),
  toCart: ratio(
    'Visitors with a cart',
    'The part of the visitors who put something into the cart. Empty without visitors.',
  ),
  toOrder: ratio(
    'Quotes to orders',
    'Orders / quotes. A shopper may ask for several quotes, so that it is lower than the part of the shoppers who order. Empty without quotes.',
  ),
  toPaid: ratio('Orders paid', 'Paid / orders. Empty without orders.'),
  toDelivered: ratio('Paid delivered', 'Delivered / paid. Empty without paid orders.'),
  refusedPart: ratio('Part refused', 'Refused / (quotes + refused). Empty without either.'),
} as const satisfies ReportColumns;

const slot = (title: string, only: string) => ({
  at: text(title, `When it begins, by the clocks of the time zone, with their distance to UTC. ${only}`),
});

export const funnelTables = {
  summary: { title: 'All steps', columns: figures },
  'by-market': {
    title: 'By market',
    columns: {
      market: country(
        'Market',
        'The country of the destination; of visits that which the shop showed. Empty where a storefront did not name it.',
      ),
      ...figures,
    },
  },
  'by-storefront': {
    title: 'By storefront',
    columns: { storefront: text('Storefront', 'The storefront that the shopper used.'), ...figures },
  },
  'by-day': {
    title: 'By day',
    columns: { day: day('Day', 'A day by the clocks of the time zone: 23, 24 or 25 hours.'), ...figures },
  },
  'by-hour': {
    title: 'By hour',
    columns: { ...slot('Hour', 'Of a day or a week; a month has none.'), ...figures },
  },
  'by-minute': {
    title: 'By minute',
    columns: {
      ...slot(
        'Minute',
        'Of a day; a week and a month have none. Minutes in which nothing happened are left out.',
      ),
      ...figures,
    },
  },
  refusals: {
    title: 'Why baskets were refused',
    columns: {
      reason: text('Reason', 'The code of the problem that the storefront got: not-in-stock, no-lane …'),
      market: country('Market', 'The country of the destination.'),
      baskets: count(
        'Baskets',
        'Refused baskets with this reason. A basket with two reasons is in both rows.',
      ),
      part: ratio('Part', 'Of all baskets of the market that were priced or refused.'),
    },
  },
} as const;

export type FunnelTables = typeof funnelTables;
