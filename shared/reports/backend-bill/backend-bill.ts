import * as z from 'zod';
import { defineLakeReport } from '../lake/lake-report.ts';
import { periodKinds } from '../period/report-period.ts';
import { countedHours, deliveredOrders, usedUnits } from './bill-queries.ts';
import { billTables } from './bill-tables.ts';
import { shapeBill } from './shape-bill.ts';

/** What AWS bills for the backend itself, and what that is for a delivered order. */
export const backendBill = defineLakeReport({
  name: 'backend-bill',
  title: 'Bill of the backend',
  says: 'What AWS bills for the backend at list prices, by day, unit and part, and for a delivered order.',
  periods: periodKinds,
  byStorefront: false,
  parameters: z.strictObject({}),
  queries: { used: usedUnits, hours: countedHours, delivered: deliveredOrders },
  tables: billTables,
  charts: [
    { table: 'by-day', kind: 'line', title: 'Cost by day', x: 'day', y: ['variable', 'fixed'] },
    { table: 'by-unit', kind: 'bar', title: 'Cost by unit', x: 'unit', y: ['variable', 'fixed'] },
  ],
  shape: (found, { period }) => shapeBill(found, period),
});
