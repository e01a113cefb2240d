import type { FunctionPath } from './trigger.ts';

/** The queues that functions call themselves: their own, and those that they send to. */
export type QueueName = 'own' | 'callbacks' | 'unrelayed';

/**
 * The environment variable with the URL of a queue. A queue has a name of ours, or that of the function behind it:
 * `QUEUE_3_PAYMENT_ON_ORDER_STOPPED`.
 */
export const queueVariable = (queue: QueueName | FunctionPath): string =>
  `QUEUE_${queue.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

/**
 * How often a message is handed out before it is parked. With the waits between failures this takes some 40 minutes:
 * most outages of a partner are over by then, and the sweep of late work finds an order that still stands.
 */
export const MAX_RECEIVES = 12;
