import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { unsoldOrders } from '../lake/sold-orders.ts';
import { periodKinds } from '../period/report-period.ts';
import { marginTables } from './margin-tables.ts';
import { shapeMargins } from './shape-margins.ts';
import { soldUnits } from './sold-units.ts';

/** What units of a product bring and cost in a market, and what they would bring at another price. */
export const unitEconomics = defineLakeReport({
  name: 'unit-economics',
  title: 'Unit economics',
  says: 'Price, costs, contribution and margin of sold units, by SKU and market, and at another price.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({
    paymentFee: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,4})?$/, 'a percentage such as 2.9')
      .optional()
      .describe('What the payment provider takes, in percent of what the shopper pays. Not known if absent.'),
    priceChange: z
      .string()
      .regex(/^(-\d{1,2}|\d{1,3})(\.\d{1,4})?$/, 'a percentage such as -10 or 2.5, above -100')
      .optional()
      .describe('By how many percent the prices of the table `what-if` are higher, or lower: `-10`.'),
  }),
  queries: { units: soldUnits, unsold: unsoldOrders, rates: ratesQuery },
  tables: marginTables,
  charts: [
    {
      table: 'by-market',
      kind: 'bar',
      title: 'Price and contribution by market',
      x: 'market',
      y: ['price', 'contribution'],
    },
  ],
  shape: shapeMargins,
});
