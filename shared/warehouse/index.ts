export { receiveWarehouseCallback } from './receive-warehouse-callback.ts';
export { requestDispatch } from './request-dispatch.ts';
export { stopDispatch } from './stop-dispatch.ts';
