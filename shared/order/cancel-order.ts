import type { Cause } from '../../events/envelope.ts';
import type { Problem } from '../kernel/problem.ts';
import { type ActOnOrder, actOnOrder, type Decided, type Timeline } from '../timeline/index.ts';
import { orderOf } from './order.ts';

export type CancellationOutcome = 'cancelled' | 'asked-the-warehouse' | 'already-stopped' | 'too-late';

/** The answer to a cancellation that comes too late. */
export const alreadyDispatched: Problem = {
  status: 409,
  code: 'already-dispatched',
  title: 'Already dispatched',
  detail: 'A parcel of the order has left the warehouse. Send it back for a refund once it has arrived.',
};

/**
 * The facts of a cancellation. Before any warehouse was asked, the order stops at once and its stock is released. While
 * a warehouse works, it has to answer first. Once a parcel has left, it is too late.
 */
export function decideCancellation(timeline: Timeline): {
  outcome: CancellationOutcome;
  facts: readonly Decided[];
} {
  const order = orderOf(timeline.facts);
  const steps = Object.values(order.parcels);
  if (order.status === 'cancelled' || order.status === 'expired')
    return { outcome: 'already-stopped', facts: [] };
  if (order.status === 'cancelling') return { outcome: 'asked-the-warehouse', facts: [] };
  // A parcel is closed only after it, or another one, has left.
  if (steps.some((step) => step === 'dispatched' || step === 'delivered' || step === 'closed'))
    return { outcome: 'too-late', facts: [] };
  if (steps.includes('fulfilling')) {
    return {
      outcome: 'asked-the-warehouse',
      facts: [{ name: 'order.cancellation_requested', data: { reason: 'asked-for' } }],
    };
  }
  return { outcome: 'cancelled', facts: [{ name: 'order.cancelled', data: { reason: 'asked-for' } }] };
}

/** Asks to stop an order. Asking again changes nothing. */
export async function cancelOrder(
  deps: ActOnOrder,
  orderId: string,
  cause: Cause,
): Promise<CancellationOutcome> {
  let outcome: CancellationOutcome = 'already-stopped';
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideCancellation(timeline);
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}
