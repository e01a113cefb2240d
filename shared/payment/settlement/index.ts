export { type ReconciliationRun, type Reconciliations, reconcile, reconcileDaily } from './run.ts';
export {
  differenceView,
  foundDifferenceSchema,
  openDifferenceSchema,
  runSchema,
  settlementRow,
  settlementRowSchema,
} from './schemas.ts';
export { orderOfLabel, withOrders } from './with-orders.ts';
