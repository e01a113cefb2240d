import { amount, count, country, day, type ReportColumns, text } from '../answer/columns.ts';

const RATE = "converted at the rate of the order's locked day";
const LATE = 'It changes until the order is paid, or if its payment is given up.';

const figures = {
  orders: count(
    'Orders',
    `Orders that were placed on the day by the clocks of the time zone and whose payment was accepted. ${LATE}`,
  ),
  units: count('Units', 'The quantities of all lines of these orders.'),
  goods: amount('Goods', `The price of the goods without tax, ${RATE}.`),
  shipping: amount('Shipping', `The price of the shipping without tax, ${RATE}.`),
  duty: amount(
    'Duty',
    `Duty that the shopper paid to the seller, ${RATE}. Duty paid on delivery is not in it.`,
  ),
  tax: amount('Tax', `Tax that the shopper paid to the seller, ${RATE}. Tax paid on delivery is not in it.`),
  fees: amount('Fees', `Fees of authorities and carriers that the shopper paid to the seller, ${RATE}.`),
  gross: amount('Gross', 'Goods + shipping + duty + tax + fees: what the shoppers were charged in all.'),
  discounts: amount('Discounts', 'Always zero: a price list has no discounts, so no order has one.'),
  refunds: amount(
    'Refunds',
    `Refunds that were paid on the day, ${RATE}, also if the refund is in another currency. A refund counts on the day on which it is paid, whenever its order was placed. It changes if a refund comes back.`,
  ),
  net: amount('Net', 'Gross - discounts - refunds. Duty and tax that are owed to authorities are in it.'),
} as const satisfies ReportColumns;

const dayColumn = { day: day('Day', 'A day by the clocks of the time zone: 23, 24 or 25 hours.') };
const marketColumn = { market: country('Market', "The country of the order's destination.") };
const channelColumn = {
  channel: text(
    'Channel',
    'What brought the shopper, by the code that the storefront sent with the order. Empty: none.',
  ),
};
const storefrontColumn = { storefront: text('Storefront', 'The storefront that sold the order.') };

export const salesTables = {
  summary: {
    title: 'All sales',
    columns: {
      ...figures,
      average: amount(
        'Mean order',
        'Gross of the converted orders / their number, half up. Empty without orders.',
      ),
      refunded: count('Refunds paid', 'The number of refunds that were paid.'),
    },
  },
  'by-day': { title: 'By day', columns: { ...dayColumn, ...figures } },
  'by-market': { title: 'By market', columns: { ...marketColumn, ...figures } },
  'by-storefront': { title: 'By storefront', columns: { ...storefrontColumn, ...figures } },
  'by-channel': { title: 'By channel', columns: { ...channelColumn, ...figures } },
  'by-sku': {
    title: 'By SKU',
    columns: {
      sku: text('SKU', 'The product.'),
      orders: count('Orders', 'Sold orders with the product.'),
      units: count('Units', 'Units of the product in these orders.'),
      goods: amount(
        'Goods',
        `The price of these units without tax, ${RATE}. Refunds name no product, so none is taken off.`,
      ),
    },
  },
  'by-currency': {
    title: 'By currency, as charged',
    columns: {
      currency: text(
        'Currency',
        'The currency in which the shopper was charged, or in which the refund was paid.',
      ),
      orders: count('Orders', 'Sold orders in the currency.'),
      gross: amount('Gross', 'What the shoppers were charged, in that currency. Nothing is converted.'),
      refunds: amount('Refunds', 'Refunds that were paid in that currency. Nothing is converted.'),
    },
  },
} as const;

export type SalesTables = typeof salesTables;
