export {
  changeOfMove,
  type NeededUnits,
  neededOf,
  placeKey,
  type StockChange,
  type StockPlace,
  splitChange,
  type Take,
  unitsOf,
} from './change.ts';
export { isUneven, planEvening, planGathering, type UnitsMove } from './even-out.ts';
export { listedPositions, listedStockSchema } from './listed-stock.ts';
export {
  changesOf,
  type StockMovement,
  senselessFields,
  stockMovementSchema,
  transferSchema,
  warehousesOf,
} from './movement.ts';
export {
  type CounterChange,
  type Counters,
  counterNames,
  MAX_BUCKETS,
  noUnits,
  type StockPosition,
  stockPositionSchema,
  stockTotalSchema,
  sumOf,
} from './position.ts';
export { rebalanceStock } from './rebalance-stock.ts';
export { differencesOf, rebuildPosition } from './rebuild-position.ts';
export { type StockRebuilt, stockRebuiltSchema } from './rebuilt.ts';
export type {
  BucketsOutcome,
  DemandNote,
  MovementOutcome,
  StockDemand,
  StockRebalancing,
  StockSpread,
  StockStore,
} from './stock.ts';
export { entriesOfMovement, entriesOfOrder, type StockEntry, stockEntrySchema } from './stock-entry.ts';
export { stockMovesOf } from './stock-moves.ts';
export { stockProblems, unknownWarehouse } from './stock-problem.ts';
export { chooseBucket, planTakes, type Random } from './take-units.ts';
