import { openTable } from '../../aws/clients.ts';
import { createDueOrders } from '../../aws/order/due-orders.ts';
import { createBus } from '../../aws/relay/bus.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';
import { coreWorld } from './core-world.ts';

export const busWorld = once(() => ({ bus: createBus(readSettings().busName) }));

/** For telling what became of stock. */
export const stockRelayWorld = once(() => {
  const { tableName } = readSettings();
  return { ...busWorld(), table: openTable(tableName), clock: () => new Date() };
});

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
