import { amount, count, country, type ReportColumns, ratio, text } from '../answer/columns.ts';

const RATE = "converted at the rate of the order's locked day";

const figures = {
  parcels: count(
    'Parcels',
    'Parcels as planned, of orders that were placed in the period and whose payment was accepted. It changes until the order is paid, or if its payment is given up.',
  ),
  goods: amount('Goods', `The price of the goods without tax, ${RATE}.`),
  freight: amount('Freight', `The price of the shipping without tax, as the shopper was quoted it, ${RATE}.`),
  duty: amount('Duty', `Duty, also where the consignee pays it on delivery, ${RATE}.`),
  tax: amount('Tax', `Tax, also where the consignee pays it on delivery, ${RATE}.`),
  fees: amount('Fees', `Fees of authorities and carriers, also where they are paid on delivery, ${RATE}.`),
  total: amount('Landed cost', 'Goods + freight + duty + tax + fees. Refunds are not taken off.'),
  delivery: amount(
    'On delivery',
    `The part of the landed cost that the consignee pays on delivery, and not to the seller, ${RATE}.`,
  ),
  share: ratio(
    'Added to goods',
    'Freight, duty, tax and fees together as a part of the price of the goods, to four decimals, half up. Empty without goods.',
  ),
} as const satisfies ReportColumns;

const market = country('Market', "The country of the order's destination.");
const regime = text('Regime', 'The customs regime that priced the parcel: eu, gb …');
const scheme = text('Scheme', 'The scheme of the regime: ioss, oss, supply-vat …');

export const landedCostTables = {
  summary: { title: 'All parcels', columns: figures },
  'by-market': { title: 'By market', columns: { market, ...figures } },
  'by-scheme': { title: 'By scheme', columns: { regime, scheme, ...figures } },
  'by-market-and-scheme': {
    title: 'By market and scheme',
    columns: { market, regime, scheme, ...figures },
  },
} as const;
