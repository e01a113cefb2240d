export {
  changeOf,
  type MovementOutcome,
  type StockChange,
  type StockMovement,
  type StockPosition,
  type StockStore,
  stockMovementSchema,
  stockPositionSchema,
} from './stock.ts';
export { stockMovesOf } from './stock-moves.ts';
