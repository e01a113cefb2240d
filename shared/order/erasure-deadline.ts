import type { Fact } from '../../events/all-events.ts';
import { minuteMs } from '../kernel/time.ts';
import { attentionOf, ERASURE, orderStateOf } from '../timeline/index.ts';
import { type Deadline, deadlineSince, lastOf, latestOf, type Wait } from './wait.ts';

/** The key of the deadline. */
export const ERASURE_KEY = 'erasure';

const WAIT: Wait = { waitMs: 2 * minuteMs, step: 'erasure', waitingFor: ERASURE };

/**
 * The deadline of an erasure that somebody asked for. It counts from the request or from the end of the order,
 * whichever is later, and runs only where the order waits for nothing else: until then its personal data is needed.
 */
export function erasureDeadline(facts: readonly Fact[], others: readonly Deadline[]): Deadline[] {
  const asked = lastOf(facts, 'order.erasure_requested');
  if (asked === undefined || lastOf(facts, 'order.erased') !== undefined) return [];
  const isNeeded =
    others.length > 0 ||
    orderStateOf(facts).ended === undefined ||
    attentionOf(facts).some(({ reason }) => !reason.endsWith(ERASURE));
  if (isNeeded) return [];
  const end = lastOf(facts, 'order.cancelled', 'order.expired', 'order.delivered', 'order.closed');
  const since = latestOf(asked, end) ?? asked;
  return [deadlineSince(since, WAIT, { key: ERASURE_KEY })];
}
