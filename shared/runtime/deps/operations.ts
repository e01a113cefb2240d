import { openTable } from '../../aws/clients.ts';
import { createDueOrders } from '../../aws/order/due-orders.ts';
import { createQueueSender, type QueueSender } from '../../aws/queue/queue-sender.ts';
import { createBus } from '../../aws/relay/bus.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { tableAnswers } from '../../aws/table-health.ts';
import { eraseIfAsked } from '../../privacy/index.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';
import { coreDeps } from './core.ts';
import { eraseDeps } from './privacy.ts';

const busDeps = () => ({ bus: createBus(readSettings().busName) });

const clock = () => new Date();

/** For publishing the facts of the table. */
export const relayDeps = () => ({ ...busDeps(), unrelayed: unrelayedQueue() });

/** For publishing changes of stock. */
export const stockRelayDeps = () => ({ ...relayDeps(), table: openTable(readSettings().tableName), clock });

/** For publishing what a relay could not publish. */
export const relayAgainDeps = () => ({ ...busDeps(), table: openTable(readSettings().tableName), clock });

// The client is made for the first item that can't be published: most starts need none.
function unrelayedQueue(): QueueSender {
  const queue = once(() => createQueueSender(readSettings().queueUrl('unrelayed')));
  return { send: (body) => queue().send(body) };
}

/** For handling orders whose deadline has passed. */
export function sweepDeps() {
  const core = coreDeps();
  const erasing = eraseDeps();
  return {
    ...core,
    ...busDeps(),
    erase: (orderId: string) => eraseIfAsked(erasing, orderId, { by: 'clock', reference: 'erasure' }),
    dueOrders: createDueOrders(core.table),
    slots: createSlotStore(core.table),
  };
}

export function healthDeps() {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  return { settings, tableAnswers: () => tableAnswers(table) };
}
