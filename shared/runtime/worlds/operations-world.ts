import { createBus } from '../../aws/bus.ts';
import { createDueOrders } from '../../aws/due-orders.ts';
import { createSlotStore } from '../../aws/slot-store.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';
import { coreWorld } from './core-world.ts';

export const busWorld = once(() => ({ bus: createBus(readSettings().busName) }));

/** For looking at orders whose time has come. */
export const sweepWorld = once(() => {
  const core = coreWorld();
  return {
    ...core,
    ...busWorld(),
    dueOrders: createDueOrders(core.table),
    slots: createSlotStore(core.table),
  };
});
