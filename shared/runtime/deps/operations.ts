import { openTable } from '../../aws/clients.ts';
import { createDueOrders } from '../../aws/order/due-orders.ts';
import { createBus } from '../../aws/relay/bus.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { tableAnswers } from '../../aws/table-health.ts';
import { readSettings } from '../settings.ts';
import { coreDeps } from './core.ts';

export const busDeps = () => ({ bus: createBus(readSettings().busName) });

/** For publishing changes of stock. */
export function stockRelayDeps() {
  const { tableName } = readSettings();
  return { ...busDeps(), table: openTable(tableName), clock: () => new Date() };
}

/** For handling orders whose deadline has passed. */
export function sweepDeps() {
  const core = coreDeps();
  return {
    ...core,
    ...busDeps(),
    dueOrders: createDueOrders(core.table),
    slots: createSlotStore(core.table),
  };
}

export function healthDeps() {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  return { settings, tableAnswers: () => tableAnswers(table) };
}
