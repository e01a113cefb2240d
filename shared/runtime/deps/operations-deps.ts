import { openTable } from '../../aws/clients.ts';
import { createDueOrders } from '../../aws/order/due-orders.ts';
import { createBus } from '../../aws/relay/bus.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';
import { coreDeps } from './core-deps.ts';

export const busDeps = once(() => ({ bus: createBus(readSettings().busName) }));

/** For telling what became of stock. */
export const stockRelayDeps = once(() => {
  const { tableName } = readSettings();
  return { ...busDeps(), table: openTable(tableName), clock: () => new Date() };
});

/** For looking at orders whose time has come. */
export const sweepDeps = once(() => {
  const core = coreDeps();
  return {
    ...core,
    ...busDeps(),
    dueOrders: createDueOrders(core.table),
    slots: createSlotStore(core.table),
  };
});
