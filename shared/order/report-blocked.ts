import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { type ActOnOrder, actOnOrder } from '../timeline/index.ts';
import { deadlineOf, latestMove } from './deadline.ts';

/**
 * Puts an order under attention whose next step can't be done, whatever it is repeated: a partner has no settings, or
 * takes none of our calls. Told once for each reason until the order moves on. `reason` holds codes, never personal
 * data. Nothing is written of an order that waits for nothing.
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
