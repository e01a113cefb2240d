import { openTable } from '../../aws/clients.ts';
import { createDueOrders } from '../../aws/order/due-orders.ts';
import { createConsumerQueues } from '../../aws/queue/consumer-queues.ts';
import { createQueueSender, type QueueSender } from '../../aws/queue/queue-sender.ts';
import { createBus } from '../../aws/relay/bus.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { stockEventsIn } from '../../aws/stock/changes.ts';
import { tableAnswers } from '../../aws/table-health.ts';
import { once } from '../once.ts';
import { createOutlet } from '../outgoing.ts';
import { readSettings } from '../settings.ts';
import { coreDeps } from './core.ts';
import { eraseDueDeps } from './privacy.ts';

// Most invocations send to queues only, so the client of the bus is made for the first event.
const bus = once(() => createBus(readSettings().busName));
const lazyBus: ReturnType<typeof createBus> = { put: (events) => bus().put(events) };

const consumerQueues = () => createConsumerQueues(readSettings().queueUrl);

const outletDeps = ({ publishesAllFacts } = readSettings()) => ({
  outlet: createOutlet(consumerQueues(), lazyBus),
  publishesAllFacts,
});

const clock = () => new Date();

/** For relaying the facts of the table, and changes of stock. */
export const relayDeps = () => ({
  ...outletDeps(),
  unrelayed: unrelayedQueue(),
  stockEvents: stockEventsIn(readSettings().tableName, clock),
});

/** For relaying what a relay could not relay. */
export const relayAgainDeps = () => ({ ...outletDeps(), table: openTable(readSettings().tableName), clock });

// The client is made for the first item that can't be relayed: most starts need none.
function unrelayedQueue(): QueueSender {
  const queue = once(() => createQueueSender(readSettings().queueUrl('unrelayed')));
  return { send: (body) => queue().send(body) };
}

/** For handling orders whose deadline has passed. */
export function sweepDeps() {
  const core = coreDeps();
  const { table } = core;
  const stores = { dueOrders: createDueOrders(table), slots: createSlotStore(table) };
  return { ...core, ...stores, ...eraseDueDeps(), queues: consumerQueues() };
}

export function healthDeps() {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  return { settings, tableAnswers: () => tableAnswers(table) };
}
