import type { Cause } from '../../events/envelope.ts';
import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import type { Decided, LoadOptions, Timeline, TimelineStore } from './timeline.ts';

const MAX_CONFLICTS = 20;

export interface ActOnOrder {
  readonly timelines: TimelineStore;
  readonly clock: Clock;
}

/** There is no such order. A consumer that meets this error drops its message; a route answers 404. */
export class UnknownOrder extends Error {
  override readonly name = 'UnknownOrder';
}

/**
 * Loads the order's timeline, calls `decide` for the facts that follow, and appends them in one write. If somebody else
 * appended in between, it decides again on the new timeline. So `decide` may be called several times and must have no
 * effects. If it decides nothing, nothing is written.
 *
 * The first read may be old, because the write is refused where it was. A decision that writes nothing has no such
 * guard, and it would end the step. So it is made again on a consistent read.
 */
export async function actOnOrder(
  { timelines, clock }: ActOnOrder,
  orderId: string,
  cause: Cause,
  decide: (timeline: Timeline) => readonly Decided[],
): Promise<Timeline> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const consistent = attempt > 0;
    const timeline = await loadOrder(timelines, orderId, { consistent });
    const facts = decide(timeline);
    if (facts.length === 0 && consistent) return timeline;
    if (facts.length === 0) continue;
    const appended = await timelines.append({ timeline, facts, cause, now: toInstant(clock()) });
    if (appended !== undefined) return appended;
  }
  throw new Error(`order ${orderId} is written by too many at once`);
}

/** The order's timeline, read consistently unless the options say otherwise; throws {@link UnknownOrder}. */
export async function loadOrder(
  timelines: TimelineStore,
  orderId: string,
  options: LoadOptions = {},
): Promise<Timeline> {
  const timeline = await timelines.load(orderId, options);
  if (timeline === undefined) throw new UnknownOrder(`no order ${orderId}`);
  return timeline;
}
