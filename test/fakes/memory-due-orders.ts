import type { Attempt, DueOrders } from '../../shared/order/due-orders.ts';
import type { MemoryTimelines } from './memory-timelines.ts';

/** The due index of the orders in memory. A place is moved under the condition that the table has. */
export function createMemoryDueOrders({ places }: Pick<MemoryTimelines, 'places'>): DueOrders {
  const attempts = new Map<string, Readonly<Record<string, Attempt>>>();
  return {
    due: async (now) => [...places].flatMap(([orderId, dueAt]) => (dueAt <= now ? [{ orderId, dueAt }] : [])),
    attempts: async (orderId) => attempts.get(orderId) ?? {},
    postpone: async ({ orderId, dueAt }, to) => {
      if (places.get(orderId) !== dueAt) return;
      places.set(orderId, to.dueAt);
      attempts.set(orderId, to.attempts);
    },
    forget: async ({ orderId, dueAt }) => {
      if (places.get(orderId) !== dueAt) return;
      places.delete(orderId);
      attempts.delete(orderId);
    },
  };
}
