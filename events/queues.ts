/** The queues that functions call themselves: their own, and those that they send to. */
export type QueueName = 'own' | 'callbacks' | 'unrelayed';

/**
 * How often a message is handed out before it is parked. With the waits between failures this takes some 40 minutes:
 * most outages of a partner are over by then, and the sweep of late work finds an order that still stands.
 */
export const MAX_RECEIVES = 12;
