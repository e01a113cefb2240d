import { callbackStep } from '../../shared/runtime/step.ts';
import { warehouseWorld } from '../../shared/runtime/worlds/warehouse-world.ts';
import { receiveWarehouseCallback } from '../../shared/warehouse/index.ts';

export const handler = callbackStep(warehouseWorld, receiveWarehouseCallback);
