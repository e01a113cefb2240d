export {
  alreadyDispatched,
  type CancellationOutcome,
  cancelOrder,
  decideCancellation,
} from './cancel-order.ts';
export { countWork } from './count-work.ts';
export { type Deadline, deadlineOf } from './deadline.ts';
export { headOf } from './head.ts';
export {
  attentionOf,
  type Order,
  type OrderStatus,
  orderOf,
  terminalStatuses,
} from './order.ts';
export { orderView } from './order-view.ts';
export { type OrderView, orderStatusSchema, orderViewSchema } from './order-view-schema.ts';
export {
  accessTokenFor,
  accessTokensBy,
  hashAccessToken,
  type OrderPlacing,
  type PlacedOrder,
  type PlaceOrder,
  type PlaceOrderDeps,
  type PlaceOrderRefusal,
  placeOrder,
} from './place-order.ts';
export { placeOrderProblem } from './place-order-problem.ts';
export { reportBlocked } from './report-blocked.ts';
export { type DueOrders, type SweepDeps, type Swept, sweepDueOrders } from './sweep-due-orders.ts';
