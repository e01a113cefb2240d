import { step } from '../../shared/runtime/step.ts';
import { warehouseWorld } from '../../shared/runtime/worlds/warehouse-world.ts';
import { stopDispatch } from '../../shared/warehouse/index.ts';

export const handler = step(warehouseWorld, stopDispatch);
