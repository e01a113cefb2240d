import type { Cause } from '../../events/envelope.ts';
import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import type { Decided, Timeline, TimelineStore } from './timeline.ts';

const MAX_CONFLICTS = 10;

export interface ActOnOrder {
  readonly timelines: TimelineStore;
  readonly clock: Clock;
}

/** There is no such order. A consumer that meets this error drops its message; a route answers 404. */
export class UnknownOrder extends Error {
  override readonly name = 'UnknownOrder';
}

/**
 * Loads the order's timeline, calls `decide` for the facts that follow, and appends them in one transaction. If
 * somebody else appended in between, it decides again on the new timeline. So `decide` may be called several times and
 * must have no effects. If it decides nothing, nothing is written.
 */
export async function actOnOrder(
  { timelines, clock }: ActOnOrder,
  orderId: string,
  cause: Cause,
  decide: (timeline: Timeline) => readonly Decided[],
): Promise<Timeline> {
  for (let conflict = 0; conflict < MAX_CONFLICTS; conflict += 1) {
    const timeline = await loadOrder(timelines, orderId);
    const facts = decide(timeline);
    if (facts.length === 0) return timeline;
    const appended = await timelines.append({ timeline, facts, cause, now: toInstant(clock()) });
    if (appended !== undefined) return appended;
  }
  throw new Error(`order ${orderId} is written by too many at once`);
}

/** The order's timeline; throws {@link UnknownOrder}. */
export async function loadOrder(timelines: TimelineStore, orderId: string): Promise<Timeline> {
  const timeline = await timelines.load(orderId);
  if (timeline === undefined) throw new UnknownOrder(`no order ${orderId}`);
  return timeline;
}
