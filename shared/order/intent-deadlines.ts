import type { Fact } from '../../events/all-events.ts';
import { minuteMs } from '../kernel/time.ts';
import { EARLIER_INTENT, intentsOf, isUnsettled } from '../timeline/index.ts';
import { type Deadline, deadlineSince, type Wait } from './wait.ts';

const SETTLED: Wait = { waitMs: minuteMs, step: 'refund', waitingFor: EARLIER_INTENT };

/**
 * The deadline of each intent from which the payment was moved away: it is voided and asked until it is void, or its
 * money goes back. It outlives the order.
 */
export function intentDeadlines(facts: readonly Fact[]): Deadline[] {
  return intentsOf(facts)
    .earlier.filter(isUnsettled)
    .map(({ paymentId, since }) => deadlineSince(since, SETTLED, { key: `intent:${paymentId}` }));
}
