import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { periodKinds } from '../period/report-period.ts';
import { paidRefunds, soldLines, soldOrders } from './sales-queries.ts';
import { salesTables } from './sales-tables.ts';
import { shapeSales } from './shape-sales.ts';

/** Orders, units and money by day, market, storefront, channel, SKU and currency. */
export const sales = defineLakeReport({
  name: 'sales',
  title: 'Sales',
  says: 'Orders, units, what shoppers were charged, and what was refunded.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: {
    orders: soldOrders,
    lines: soldLines,
    refunds: paidRefunds,
    rates: ratesQuery,
  },
  tables: salesTables,
  charts: [
    { table: 'by-day', kind: 'line', title: 'Gross and net by day', x: 'day', y: ['gross', 'net'] },
    {
      table: 'by-market',
      kind: 'bar',
      title: 'Gross and refunds by market',
      x: 'market',
      y: ['gross', 'refunds'],
    },
  ],
  shape: shapeSales,
});
