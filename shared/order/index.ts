export {
  alreadyDispatched,
  cancelOrder,
  decideCancellation,
} from './cancel-order.ts';
export { countWork } from './count-work.ts';
export { deadlineOf } from './deadline.ts';
export { headOf } from './head.ts';
export {
  attentionOf,
  orderOf,
  terminalStatuses,
} from './order.ts';
export { orderView } from './order-view.ts';
export { orderStatusSchema, orderViewSchema } from './order-view-schema.ts';
export {
  accessTokenFor,
  accessTokensBy,
  hashAccessToken,
  type PlacedOrder,
  type PlaceOrder,
  type PlaceOrderDeps,
  type PlaceOrderRefusal,
  placeOrder,
} from './place-order.ts';
export { placeOrderProblem } from './place-order-problem.ts';
export { reportBlocked } from './report-blocked.ts';
export { type DueOrders, sweepDueOrders } from './sweep-due-orders.ts';
