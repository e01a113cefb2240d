import { sweepDueOrders } from '../../shared/order/index.ts';
import { sweepDeps } from '../../shared/runtime/deps/operations.ts';
import { log } from '../../shared/runtime/log.ts';
import { schedule } from '../../shared/runtime/schedule.ts';
import { sweepSlots } from '../../shared/slots/index.ts';

export const handler = schedule(sweepDeps, async ({ dueOrders, bus, timelines, slots, clock }) => ({
  ...(await sweepDueOrders({
    dueOrders,
    timelines,
    clock,
    repeat: async (work) => {
      const failed = await bus.put([{ name: 'work.due', detail: JSON.stringify(work) }]);
      if (failed.length > 0) throw new Error('the bus did not take the work');
    },
    reportOverdue: ({ orderId, step }) => log.warn('OVERDUE', { orderId, step }),
  })),
  ...(await sweepSlots({ slots, clock })),
}));
