export { eraseExpired } from './erase-expired.ts';
export { eraseIfAsked } from './erase-order.ts';
export { erasureProblem } from './erasure-problem.ts';
export { erasureView, erasureViewSchema } from './erasure-view.ts';
export type { ClosedOrders, ErasureRequest, ErasureRequests, PersonalData } from './ports.ts';
export { findErasable, MAX_ORDERS, readErasure, requestErasure } from './request-erasure.ts';
