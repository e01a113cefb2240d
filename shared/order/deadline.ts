import type { Fact } from '../../events/all-events.ts';
import type { Instant } from '../kernel/time.ts';
import { captureDeadline, instalmentDeadline } from './capture-deadline.ts';
import { erasureDeadline } from './erasure-deadline.ts';
import { evidenceDeadlines } from './evidence-deadlines.ts';
import { intentDeadlines } from './intent-deadlines.ts';
import { moneyDeadline } from './money-deadline.ts';
import { orderOf, terminalStatuses } from './order.ts';
import { orderDeadlines, strandedDeadline } from './order-deadlines.ts';
import { parcelDeadlines, promiseDeadlines } from './parcel-deadlines.ts';
import { undoDeadlines } from './undo-deadlines.ts';
import type { Deadline } from './wait.ts';

export type { Deadline } from './wait.ts';

/**
 * Everything that an order waits for: the order as a whole, its money, each intent that does not pay it, each parcel
 * that is on its way, each effect that has to be undone, and each promise. Each counts from the latest fact of its own
 * subject, so that no parcel moves the deadline of another. An order that has not ended has at least one. An erasure
 * that was asked for waits for all others. Empty: nothing is left to do.
 */
export function deadlinesOf(facts: readonly Fact[]): readonly Deadline[] {
  const order = orderOf(facts);
  const parcels = parcelDeadlines(order, facts);
  const all = [
    ...orderDeadlines(order, facts),
    ...moneyDeadline(facts),
    ...intentDeadlines(facts),
    ...captureDeadline(facts),
    ...instalmentDeadline(facts),
    ...evidenceDeadlines(facts),
    ...parcels,
    ...undoDeadlines(order.orderId, facts),
  ];
  const isStranded = all.length === 0 && !terminalStatuses.includes(order.status);
  const others = [
    ...all,
    ...(isStranded ? strandedDeadline(facts) : []),
    ...promiseDeadlines(facts, parcels),
  ];
  return [...others, ...erasureDeadline(facts, others)];
}

/** The time of the earliest deadline. Undefined if there is none. */
export function earliestOf(deadlines: readonly Pick<Deadline, 'dueAt'>[]): Instant | undefined {
  return deadlines.map(({ dueAt }) => dueAt).toSorted()[0];
}
