import type { WorkDueData } from '../../events/work.ts';
import { type Clock, hourMs, type Instant, later, minuteMs, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  nextPromise,
  promisesBroken,
  type Timeline,
  type TimelineStore,
} from '../timeline/index.ts';
import { deadlineOf, latestMove } from './deadline.ts';
import { orderOf } from './order.ts';

/** The index of orders that are due for a look, with the number of repeats since the latest fact. */
export interface DueOrders {
  due(now: Instant, max: number): Promise<string[]>;
  attempts(orderId: string, version: number): Promise<number>;
  postpone(orderId: string, update: { dueAt: Instant; version: number; attempts: number }): Promise<void>;
  /** Removes an order that waits for nothing, unless it moved on meanwhile. */
  forget(orderId: string, version: number): Promise<void>;
}

export interface SweepDeps {
  readonly dueOrders: DueOrders;
  readonly timelines: TimelineStore;
  readonly clock: Clock;
  /** Asks the step's owner to do it again. */
  readonly repeat: (work: WorkDueData) => Promise<void>;
  readonly reportOverdue: (overdue: { orderId: string; step: string }) => void;
}

/** After this number of repeats without a new fact the order goes on the operators' list, and is repeated hourly. */
const ATTEMPTS_BEFORE_OVERDUE = 5;
/** The longest interval between repeats before a late order is reported. */
const MAX_BACK_OFF_MS = 16 * minuteMs;
/** After the deadline the first repeat gets this long to succeed before the order is reported. */
const GRACE_MS = 5 * minuteMs;
/** After the promise has passed, the carrier is asked, and has this long to report a delivery. */
const TELLING_MS = 5 * minuteMs;
const MAX_A_SHARD = 25;
/** Orders handled in parallel, and the time limit of one sweep: shorter than the minute to the next. */
const AT_ONCE = 8;
const MAX_SWEEP_MS = 40_000;

export interface Swept {
  readonly looked: number;
  readonly repeated: number;
  readonly overdue: number;
}

/**
 * Handles the orders whose deadline has passed. An order that moved on gets its new deadline. A late order has its step
 * repeated by the function that owns it, with growing intervals from one minute. An order that stays late is reported
 * once as a fact, and its step is repeated every hour until it moves. If a parcel misses its promise, the carrier is
 * asked, and minutes later one broken promise is recorded. An order that fails does not stop the others; the first
 * failure is thrown at the end.
 */
export async function sweepDueOrders(deps: SweepDeps): Promise<Record<keyof Swept, number>> {
  const swept = { looked: 0, repeated: 0, overdue: 0 };
  const look = async (orderId: string) => {
    swept.looked += 1;
    const outcome = await sweepOrder(deps, orderId);
    if (outcome !== 'on-time') swept.repeated += 1;
    if (outcome === 'overdue') swept.overdue += 1;
  };
  const endMs = deps.clock().getTime() + MAX_SWEEP_MS;
  const seen = new Set<string>();
  const failures: unknown[] = [];
  while (deps.clock().getTime() < endMs) {
    // Orders that failed are still due and must not hide the orders after them.
    const due = await deps.dueOrders.due(toInstant(deps.clock()), MAX_A_SHARD + seen.size);
    const fresh = due.filter((orderId) => !seen.has(orderId));
    if (fresh.length === 0) break;
    for (const orderId of fresh) seen.add(orderId);
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      const looks = await Promise.allSettled(fresh.slice(from, from + AT_ONCE).map(look));
      failures.push(...looks.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])));
    }
  }
  if (failures.length > 0) throw failures[0];
  return swept;
}

async function sweepOrder(deps: SweepDeps, orderId: string): Promise<'on-time' | 'repeated' | 'overdue'> {
  const now = toInstant(deps.clock());
  const loaded = await deps.timelines.load(orderId);
  if (loaded === undefined) return 'on-time';
  const timeline = await breakPromises(deps, loaded, later(now, -TELLING_MS));
  const deadline = deadlineOf(timeline.facts);
  const version = timeline.facts.length;
  if (deadline === undefined) {
    await deps.dueOrders.forget(orderId, version);
    return 'on-time';
  }
  if (deadline.dueAt > now) {
    await deps.dueOrders.postpone(orderId, { dueAt: deadline.dueAt, version, attempts: 0 });
    return 'on-time';
  }

  const attempt = (await deps.dueOrders.attempts(orderId, version)) + 1;
  const step = deadline.step;
  if (step !== undefined) await deps.repeat({ orderId, step, attempt });
  const isReported = alreadyReported(timeline);
  const isEarly = now < deadline.overdueFrom;
  const maxMs = isEarly ? hourMs : MAX_BACK_OFF_MS;
  const next = later(
    now,
    isReported && !isBlocked(timeline) ? hourMs : Math.min(minuteMs * 2 ** (attempt - 1), maxMs),
  );
  const promisedBy = nextPromise(timeline.facts);
  const sooner = [isEarly ? deadline.overdueFrom : next, promisedBy ?? next].filter((at) => at > now);
  const dueAt = [next, ...sooner].sort()[0] ?? next;
  await deps.dueOrders.postpone(orderId, { dueAt, version, attempts: attempt });

  const isLate = now >= later(deadline.overdueFrom, step === undefined ? 0 : GRACE_MS);
  const givesUp = isLate && (step === undefined || attempt >= ATTEMPTS_BEFORE_OVERDUE);
  if (!givesUp || isReported) return 'repeated';
  const reported = await actOnOrder(deps, orderId, { by: 'clock' }, (latest) =>
    latest.facts.length !== version
      ? []
      : [
          {
            name: 'order.overdue',
            data: { waitingFor: deadline.waitingFor, since: deadline.dueAt, attempts: attempt },
          },
        ],
  );
  if (!alreadyReported(reported)) return 'repeated';
  deps.reportOverdue({ orderId, step: step ?? 'person' });
  return 'overdue';
}

/** Records each promise that has passed, once. */
async function breakPromises(deps: SweepDeps, timeline: Timeline, by: Instant): Promise<Timeline> {
  if (promisesBroken(timeline.facts, by).length === 0) return timeline;
  return actOnOrder(deps, timeline.orderId, { by: 'clock' }, ({ facts }) => promisesBroken(facts, by));
}

/** Whether the order waits for a repair: it is tried more often, because the repair may come at any moment. */
const isBlocked = ({ facts }: Timeline): boolean =>
  orderOf(facts).attention.some(({ reason }) => reason.startsWith('blocked: '));

/** Whether the order was reported since it last moved. */
function alreadyReported({ facts }: Timeline): boolean {
  const { sequence } = latestMove(facts);
  const isReported = facts.some((fact) => fact.name === 'order.overdue' && fact.sequence > sequence);
  return isReported && orderOf(facts).attention.length > 0;
}
