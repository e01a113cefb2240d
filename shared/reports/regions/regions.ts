import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { periodKinds } from '../period/report-period.ts';
import { baskets, causes, orders, skus } from './region-queries.ts';
import { regionTables } from './region-tables.ts';
import { shapeRegions } from './shape-regions.ts';

/** Markets and SKUs that fall behind others or their own past, beyond chance, with the reason that was named most. */
export const regions = defineLakeReport({
  name: 'regions',
  title: 'Regions',
  says: 'Markets and SKUs that fall behind the others, or behind the time before, with the likely cause.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { baskets, orders, skus, causes },
  tables: regionTables,
  charts: [],
  shape: shapeRegions,
});
