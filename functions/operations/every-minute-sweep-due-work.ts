import { ownersOf } from '../../events/consumers.ts';
import { sweepDueOrders } from '../../shared/order/index.ts';
import { sweepDeps } from '../../shared/runtime/deps/operations.ts';
import { log } from '../../shared/runtime/log.ts';
import { writeWork } from '../../shared/runtime/queue-message.ts';
import { schedule } from '../../shared/runtime/schedule.ts';
import { sweepSlots } from '../../shared/slots/index.ts';

export const handler = schedule(sweepDeps, async ({ dueOrders, queues, timelines, slots, clock, erase }) => {
  // Both run, also if one of them fails.
  const [orders, holds] = await Promise.allSettled([
    sweepDueOrders({
      dueOrders,
      timelines,
      clock,
      repeat: async (work) => {
        const messages = ownersOf(work.step).map((consumer) => ({ consumer, body: writeWork(work) }));
        const [refused] = await queues.put(messages);
        if (refused !== undefined) throw new Error(`the late work was not taken: ${refused.reason}`);
      },
      // The order stays due, and is reported if it stays late.
      erase: (orderId) => erase(orderId).catch((error) => log.error('NOT_ERASED', error, { orderId })),
      reportOverdue: (overdue) => log.warn('OVERDUE', overdue),
    }),
    sweepSlots({ slots, clock }),
  ]);
  if (orders.status === 'rejected') throw orders.reason;
  if (holds.status === 'rejected') throw holds.reason;
  return { ...orders.value, ...holds.value };
});
