import middy from '@middy/core';
import { createBus } from '../../shared/aws/bus.ts';
import { createDueOrders } from '../../shared/aws/due-orders.ts';
import { sweepDueOrders } from '../../shared/order/index.ts';
import { coreWorld } from '../../shared/runtime/core-world.ts';
import { log } from '../../shared/runtime/log.ts';
import { once } from '../../shared/runtime/once.ts';

const world = once(() => {
  const core = coreWorld();
  return { ...core, dueOrders: createDueOrders(core.table), bus: createBus(core.settings.busName) };
});

/** Looks at every order whose time has come; what can't be repeated any more is put on the operators' list. */
export const handler = middy().handler(async () => {
  const { dueOrders, bus, timelines, clock } = world();
  const swept = await sweepDueOrders({
    dueOrders,
    timelines,
    clock,
    repeat: async (work) => {
      const failed = await bus.put([{ name: 'work.due', detail: JSON.stringify(work) }]);
      if (failed.length > 0) throw new Error('the bus did not take the work');
    },
    tellOverdue: ({ orderId, step }) => log.warn('OVERDUE', { orderId, step }),
  });
  log.info('COMPLETED', swept);
  return swept;
});
