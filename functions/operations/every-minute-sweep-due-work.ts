import { sweepDueOrders } from '../../shared/order/index.ts';
import { sweepDeps } from '../../shared/runtime/deps/operations.ts';
import { log } from '../../shared/runtime/log.ts';
import { schedule } from '../../shared/runtime/schedule.ts';
import { sweepSlots } from '../../shared/slots/index.ts';

export const handler = schedule(sweepDeps, async ({ dueOrders, bus, timelines, slots, clock, erase }) => {
  // Both run, also if one of them fails.
  const [orders, holds] = await Promise.allSettled([
    sweepDueOrders({
      dueOrders,
      timelines,
      clock,
      repeat: async (work) => {
        const failed = await bus.put([{ name: 'work.due', detail: JSON.stringify(work) }]);
        if (failed.length > 0) throw new Error('the bus did not take the work');
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
