import type { Cause } from '../../events/envelope.ts';
import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import { TooManyWriters } from '../kernel/too-many-writers.ts';
import type { Decided, LoadOptions, Timeline, TimelineStore } from './timeline.ts';

const MAX_CONFLICTS = 20;

export interface ActOnOrder {
  readonly timelines: TimelineStore;
  readonly clock: Clock;
  /** The order's timeline as the caller has just read or written it, in the place of the first read. */
  readonly known?: Timeline | undefined;
}

/** There is no such order. A consumer that meets this error drops its message; a route answers 404. */
export class UnknownOrder extends Error {
  override readonly name = 'UnknownOrder';
}

/**
 * Loads the order's timeline, calls `decide` for the facts that follow, and appends them in one write. If somebody
 * else appended in between, it decides again on the new timeline. So `decide` may be called several times and must
 * have no effects. If it decides nothing, nothing is written.
 *
 * The first read, or what the caller knows, may be old, because then the write is refused. A decision that writes
 * nothing, or an error, has no such guard, and it would end the step. So it is made again on a consistent read. Throws
 * {@link TooManyWriters} after many conflicts.
 */
export async function actOnOrder(
  { timelines, clock, known }: ActOnOrder,
  orderId: string,
  cause: Cause,
  decide: (timeline: Timeline) => readonly Decided[],
): Promise<Timeline> {
  const act = async (timeline: Timeline): Promise<Acted> => {
    const facts = decide(timeline);
    if (facts.length === 0) return { timeline, isWritten: false };
    const appended = await timelines.append({ timeline, facts, cause, now: toInstant(clock()) });
    return appended === undefined ? undefined : { timeline: appended, isWritten: true };
  };
  const read = (options: LoadOptions) => loadOrder(timelines, orderId, options);
  const early = async () => act(known?.orderId === orderId ? known : await read({ consistent: false }));
  const first = await early().catch(() => undefined);
  if (first?.isWritten === true) return first.timeline;
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const acted = await act(await read({ consistent: true }));
    if (acted !== undefined) return acted.timeline;
  }
  throw new TooManyWriters(`order ${orderId}`);
}

/** The timeline after the decision, and whether it wrote something; undefined after a conflict. */
type Acted = { readonly timeline: Timeline; readonly isWritten: boolean } | undefined;

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
