import type { Fact } from '../../events/all-events.ts';
import { invariant } from '../kernel/invariant.ts';
import type { OrderHead } from '../timeline/index.ts';
import { awaitedWarehouses } from './awaited-warehouses.ts';
import { deadlinesOf, earliestOf } from './deadline.ts';
import { orderOf, terminalStatuses } from './order.ts';

/** The data that lists and the sweeper need of the order: a projection of its facts. */
export function headOf(facts: readonly Fact[]): OrderHead {
  const placed = facts[0];
  invariant(placed?.name === 'order.placed', 'a timeline begins with order.placed');
  const order = orderOf(facts);
  const deadlines = deadlinesOf(facts);
  return {
    status: order.status,
    list:
      order.attention.length > 0
        ? 'attention'
        : terminalStatuses.includes(order.status) && deadlines.length === 0
          ? 'closed'
          : 'open',
    storefrontId: placed.data.storefrontId,
    placedAt: placed.occurredAt,
    dueAt: earliestOf(deadlines),
    attention: order.attention,
    warehouses: awaitedWarehouses(placed, order),
  };
}
