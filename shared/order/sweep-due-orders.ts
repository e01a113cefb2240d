import { type Clock, toInstant } from '../kernel/time.ts';
import type { DueOrder } from './due-orders.ts';
import { type SweepDeps, sweepOrder } from './sweep-order.ts';

const MAX_A_SHARD = 25;
/** Orders handled in parallel, and the time limit of one sweep: shorter than the minute to the next. */
const AT_ONCE = 8;
const MAX_SWEEP_MS = 40_000;

export interface Swept {
  /** Orders whose place in the index had come. */
  looked: number;
  /** Those of them that had something late. */
  repeated: number;
  /** Deadlines that were reported as overdue. */
  overdue: number;
}

/**
 * Handles the orders whose place in the due index has come, as {@link sweepOrder} does for each. An order that fails
 * does not stop the others; the first failure is thrown at the end.
 */
export async function sweepDueOrders(deps: SweepDeps): Promise<Swept> {
  const swept: Swept = { looked: 0, repeated: 0, overdue: 0 };
  const look = async (order: DueOrder) => {
    swept.looked += 1;
    const { isLate, overdue } = await sweepOrder(deps, order);
    if (isLate) swept.repeated += 1;
    swept.overdue += overdue;
  };
  const endMs = nowMs(deps.clock) + MAX_SWEEP_MS;
  const seen = new Set<string>();
  const failures: unknown[] = [];
  while (nowMs(deps.clock) < endMs) {
    // Orders that failed are still due and must not hide the orders after them.
    const due = await deps.dueOrders.due(toInstant(deps.clock()), MAX_A_SHARD + seen.size);
    const fresh = due.filter(({ orderId }) => !seen.has(orderId));
    if (fresh.length === 0) break;
    for (const { orderId } of fresh) seen.add(orderId);
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      const looks = await Promise.allSettled(fresh.slice(from, from + AT_ONCE).map(look));
      failures.push(...looks.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])));
    }
  }
  if (failures.length > 0) throw failures[0];
  return swept;
}

const nowMs = (clock: Clock): number => clock().getTime();
