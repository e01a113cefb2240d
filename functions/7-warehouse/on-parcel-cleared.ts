import { warehouseDeps } from '../../shared/runtime/deps/warehouse.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';
import { requestDispatch } from '../../shared/warehouse/index.ts';

export const handler = orderStep(warehouseDeps, { step: 'dispatch', act: requestDispatch });
