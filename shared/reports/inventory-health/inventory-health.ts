import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { periodKinds } from '../period/report-period.ts';
import { costs, stock } from './inventory-queries.ts';
import { inventoryTables } from './inventory-tables.ts';
import { shapeInventory } from './shape-inventory.ts';

/** What is in the warehouses at the end of a period: its turnover, cover, age and cost. */
export const inventoryHealth = defineLakeReport({
  name: 'inventory-health',
  title: 'Inventory health',
  says: 'Turnover, cover, age, dead stock and value by warehouse and SKU, at the end of the period.',
  periods: periodKinds,
  byStorefront: false,
  parameters: z.strictObject({}),
  queries: { stock, costs, rates: ratesQuery },
  tables: inventoryTables,
  charts: [{ table: 'ages', kind: 'bar', title: 'Units by age', x: 'age', y: ['units'] }],
  shape: shapeInventory,
});
