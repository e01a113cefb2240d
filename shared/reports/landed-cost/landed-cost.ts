import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { unsoldOrders } from '../lake/sold-orders.ts';
import { periodKinds } from '../period/report-period.ts';
import { parcelCosts } from './landed-cost-queries.ts';
import { landedCostTables } from './landed-cost-tables.ts';
import { shapeLandedCost } from './shape-landed-cost.ts';

/** What goods cost at the shopper's door: goods, freight, duty, tax and fees by destination and scheme. */
export const landedCost = defineLakeReport({
  name: 'landed-cost',
  title: 'Landed cost',
  says: 'Goods, freight, duty, tax and fees of sold parcels, by destination and scheme.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { costs: parcelCosts, unsold: unsoldOrders, rates: ratesQuery },
  tables: landedCostTables,
  charts: [
    {
      table: 'by-market',
      kind: 'bar',
      title: 'What is added to the goods by market',
      x: 'market',
      y: ['freight', 'duty', 'tax', 'fees'],
    },
  ],
  shape: shapeLandedCost,
});
