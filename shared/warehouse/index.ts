export type { DispatchState } from './dispatch-state.ts';
export { receiveWarehouseCallback, type WarehouseCallback } from './receive-warehouse-callback.ts';
export { requestDispatch } from './request-dispatch.ts';
export { stopDispatch } from './stop-dispatch.ts';
export type { DispatchDeps, ReceiveUpdateDeps, UpdateDeps } from './warehouse-deps.ts';
