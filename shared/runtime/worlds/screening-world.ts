import { createOrderDetails } from '../../aws/order-records.ts';
import { once } from '../once.ts';
import { coreWorld } from './core-world.ts';

export const screeningWorld = once(() => {
  const core = coreWorld();
  return { ...core, details: createOrderDetails(core.table) };
});
