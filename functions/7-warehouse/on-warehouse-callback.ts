import { warehouseDeps } from '../../shared/runtime/deps/warehouse.ts';
import { callbackStep } from '../../shared/runtime/order-step.ts';
import { receiveWarehouseCallback } from '../../shared/warehouse/index.ts';

export const handler = callbackStep(warehouseDeps, receiveWarehouseCallback);
