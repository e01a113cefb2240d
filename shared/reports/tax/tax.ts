import * as z from 'zod';
import { amount, count, text } from '../answer/columns.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { periodKinds } from '../period/report-period.ts';
import { shapeTax } from './shape-tax.ts';
import { leftOwed, prescribedRates, schemeOwed } from './tax-queries.ts';

const authority = text('Owed to', 'The authority or the scheme: DE:ioss, GB:hmrc-vat, US:cbp.');
const what = text('What', 'duty, tax or fee.');
const locked = amount(
  'At locked rates',
  "Net in the currency of the authority's law, converted at the published rate of each order's locked day. Empty without a rate.",
);
const prescribed = amount(
  'At the prescribed rate',
  'Net in the currency of the law at the rate that the authority prescribes: for IOSS and the Union scheme that of the European Central Bank on the last day of the month or quarter, for customs of the Union and for Great Britain that of the month. A return converts each VAT rate by itself, so that it may differ by cents. Empty where the rate is not stored yet, or none is known.',
);

/** Duty, tax and fees that became owed, by authority and scheme, also in the currency of each authority. */
export const tax = defineLakeReport({
  name: 'tax',
  title: 'Tax and duty',
  says: 'Duty, tax and fees that became owed in the period, by authority and scheme, in the currency of each.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { left: leftOwed, schemes: schemeOwed, prescribed: prescribedRates, rates: ratesQuery },
  tables: {
    owed: {
      title: 'By authority, scheme and currency',
      columns: {
        ...{ authority, what },
        regime: text('Regime', 'The customs regime that priced the parcels: eu, gb …'),
        scheme: text('Scheme', 'The scheme of the regime: ioss, oss, supply-vat, vendor …'),
        currency: text('Currency', 'The currency in which the shopper was charged.'),
        orders: count(
          'Orders',
          'Orders whose debt arose in the period: a parcel left or, under IOSS and the Union scheme, the payment was accepted.',
        ),
        added: amount(
          'Became owed',
          'As charged. Duty, tax and fees are owed once the parcel has left; tax under IOSS and the Union scheme once the payment is accepted. What the consignee pays on delivery is not in it.',
        ),
        taken: amount(
          'Taken back',
          'Tax under IOSS and the Union scheme that refunds and stopped orders took back, on the day on which they did. Other authorities give nothing back by themselves.',
        ),
        net: amount(
          'Net',
          'Became owed - taken back. It is what the ledger added to the debt in the period.',
        ),
        ...{ locked, prescribed },
      },
    },
    'by-authority': {
      title: 'By authority, in its currency',
      columns: { authority, what, locked, prescribed },
    },
  },
  charts: [],
  shape: shapeTax,
});
