import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { type ActOnOrder, actOnOrder } from '../timeline/index.ts';
import { deadlineOf, latestMove } from './deadline.ts';

/**
 * Marks an order for attention when its next step fails however often it is repeated: a partner has no settings, or
 * accepts none of our calls. Each reason is recorded once until the order moves on. `reason` holds codes, never
 * personal data. Nothing is written for an order that waits for no step.
 */
export async function reportBlocked(
  deps: ActOnOrder,
  orderId: string,
  cause: Cause,
  reason: string,
): Promise<void> {
  await actOnOrder(deps, orderId, cause, ({ facts }) => {
    const deadline = deadlineOf(facts);
    if (deadline === undefined || isReported(facts, reason)) return [];
    const { recordedAt: since } = latestMove(facts);
    return [{ name: 'order.overdue', data: { waitingFor: deadline.waitingFor, since, attempts: 1, reason } }];
  });
}

function isReported(facts: readonly Fact[], reason: string): boolean {
  const { sequence } = latestMove(facts);
  return facts.some(
    (fact) => fact.name === 'order.overdue' && fact.sequence > sequence && fact.data.reason === reason,
  );
}
