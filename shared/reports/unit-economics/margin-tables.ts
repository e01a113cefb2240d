import { amount, count, country, type ReportColumns, ratio, text } from '../answer/columns.ts';

const RATE = "converted at the rate of the order's locked day";
const KNOWN = 'Of units whose costs are known.';

const figures = {
  units: count(
    'Units',
    'Units of orders that were placed in the period and whose payment was accepted. It changes until the order is paid, or if its payment is given up.',
  ),
  known: count(
    'Units with known costs',
    'Those whose purchase cost, first leg and freight are known and have a rate. All amounts are of these alone: what is not known is never zero.',
  ),
  price: amount('Price', `The price of the goods without tax, ${RATE}. ${KNOWN}`),
  shipping: amount(
    'Shipping',
    `The price of the shipping without tax, divided among the lines of a parcel by weight, ${RATE}. ${KNOWN}`,
  ),
  purchase: amount('Purchase', `The purchase cost that held on the UTC day of the order, ${RATE}. ${KNOWN}`),
  firstLeg: amount('First leg', `What brought the units to the warehouse, ${RATE}. ${KNOWN}`),
  freight: amount(
    'Freight',
    `What the carrier invoiced for the parcel, less what it credited; without an invoice the freight by the rate card. It is divided among the lines by weight and ${RATE}. It changes when an invoice comes. ${KNOWN}`,
  ),
  refunds: amount(
    'Refunds',
    `The part of refunds that gave back goods and shipping, whenever they were paid. A refund that names a parcel is divided among the lines of that parcel, every other one among those of the order, by price, and ${RATE}. ${KNOWN}`,
  ),
  absorbed: amount(
    'Duty and tax absorbed',
    `Duty, tax and fees that refunds gave back and that are still owed, ${RATE}. Otherwise the seller absorbs none: each charge of an authority is in the price, and what a listed price bears of them has lowered Price. ${KNOWN}`,
  ),
  fee: amount(
    'Payment fee',
    'The parameter paymentFee, in percent of what the shopper paid to the seller in all. Empty without it: neither the ledger nor a setting has the fees of providers.',
  ),
  contribution: amount(
    'Contribution',
    'Price + shipping - purchase - first leg - freight - refunds - duty and tax absorbed - payment fee. Marketing, storage and packing are not in it. Empty if no unit has known costs.',
  ),
  margin: ratio(
    'Margin',
    'Contribution as a part of price + shipping - refunds, to four decimals, half up. Empty where that is not above zero.',
  ),
} as const satisfies ReportColumns;

const sku = text('SKU', 'The product.');
const market = country('Market', "The country of the order's destination.");

export const marginTables = {
  summary: { title: 'All units', columns: figures },
  'by-sku': { title: 'By SKU', columns: { sku, ...figures } },
  'by-market': { title: 'By market', columns: { market, ...figures } },
  'by-sku-and-market': { title: 'By SKU and market', columns: { sku, market, ...figures } },
  'what-if': {
    title: 'At another price',
    columns: {
      sku,
      market,
      known: count(
        'Units with known costs',
        'As many are sold at the other price: the table does not say how demand changes. There are no rows without the parameter priceChange, in percent.',
      ),
      unitPrice: amount('Price of a unit', 'The mean of the price over the units with known costs, half up.'),
      otherUnitPrice: amount(
        'Other price of a unit',
        'The mean of the other price over these units, half up.',
      ),
      contribution: amount('Contribution', 'As in the other tables.'),
      otherContribution: amount(
        'Other contribution',
        'The contribution with every price changed by priceChange. Duty, tax, fees, and what refunds gave back of them change in the same proportion, refunds in that of price + shipping. Shipping, purchase, first leg and freight stay.',
      ),
      margin: ratio('Margin', 'As in the other tables.'),
      otherMargin: ratio(
        'Other margin',
        'Other contribution as a part of the other price + shipping - refunds, to four decimals, half up.',
      ),
    },
  },
} as const;
