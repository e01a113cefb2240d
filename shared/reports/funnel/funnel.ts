import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { periodKinds } from '../period/report-period.ts';
import { baskets, orders, reasons, steps, visitors } from './funnel-queries.ts';
import { funnelTables } from './funnel-tables.ts';
import { shapeFunnel } from './shape-funnel.ts';

/** How many shoppers reach each step, from the view of a product to the delivery. */
export const funnel = defineLakeReport({
  name: 'funnel',
  title: 'Funnel',
  says: 'Views, carts, quotes given and refused, orders, paid and delivered, by minute, hour, day, market and storefront.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { steps, visitors, baskets, orders, reasons, rates: ratesQuery },
  tables: funnelTables,
  charts: [
    {
      table: 'by-hour',
      kind: 'line',
      title: 'Quotes, orders and paid orders by hour',
      x: 'at',
      y: ['quotes', 'orders', 'paid'],
    },
    {
      table: 'by-day',
      kind: 'line',
      title: 'Quotes, orders and paid orders by day',
      x: 'day',
      y: ['quotes', 'orders', 'paid'],
    },
  ],
  shape: shapeFunnel,
});
