import type { Cause } from '../../events/envelope.ts';
import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import type { Decided, Timeline, TimelineStore } from './timeline.ts';

const MAX_CONFLICTS = 10;

export interface ActOnOrder {
  readonly timelines: TimelineStore;
  readonly clock: Clock;
}

/** Nobody knows the order. A consumer that meets it drops its message; a route answers 404. */
export class UnknownOrder extends Error {
  override readonly name = 'UnknownOrder';
}

/**
 * Loads the order's timeline, lets `decide` say which facts follow, and appends them in one transaction.
 * When somebody else appended in between, decides again on what is true now; so `decide` may be called
 * several times and must be free of effects. Deciding nothing writes nothing.
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
