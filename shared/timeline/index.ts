export { type ActOnOrder, actOnOrder, loadOrder, UnknownOrder } from './act-on-order.ts';
export type {
  Consequences,
  Journal,
  OrderHead,
  Posting,
  Project,
  Reference,
  StockMove,
} from './consequences.ts';
export type { OrderDetails, OrderDetailsReader } from './order-details.ts';
export {
  type Append,
  type Decided,
  factsNamed,
  lastNamed,
  type PlannedParcel,
  placedFact,
  plannedParcels,
  type Timeline,
  type TimelineStore,
} from './timeline.ts';
