export { accessTokensBy, hashAccessToken } from './access-tokens.ts';
export { alreadyDispatched, cancelOrder } from './cancel-order.ts';
export { type CashOrder, countCash } from './cash-orders.ts';
export { clearAttention, clearingProblem } from './clear-attention.ts';
export { type ClosingRefusal, closeParcel } from './close-parcel.ts';
export { closingProblem } from './closing-problem.ts';
export { countWork } from './count-work.ts';
export { dueMoveOf } from './due-move.ts';
export { attemptsSchema, type DueOrder, type DueOrders } from './due-orders.ts';
export { headOf } from './head.ts';
export { openReasons } from './open-reasons.ts';
export { orderOf } from './order.ts';
export { orderView } from './order-view.ts';
export { orderStatusSchema, orderViewSchema } from './order-view-schema.ts';
export {
  type PlacedOrder,
  placeOrder,
} from './place-order.ts';
export { placeOrderProblem } from './place-order-problem.ts';
export type { PlaceOrderRefusal } from './place-order-refusal.ts';
export { reportBlocked } from './report-blocked.ts';
export { sweepDueOrders } from './sweep-due-orders.ts';
export { countUnpaid, type OrderToCount } from './unpaid-orders.ts';
