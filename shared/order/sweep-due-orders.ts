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

/** The index of orders that somebody must look at, with the count of repeats since the latest fact. */
export interface DueOrders {
  due(now: Instant, max: number): Promise<string[]>;
  attempts(orderId: string, version: number): Promise<number>;
  postpone(orderId: string, update: { dueAt: Instant; version: number; attempts: number }): Promise<void>;
  /** Takes an order off that waits for nothing, unless it moved on meanwhile. */
  forget(orderId: string, version: number): Promise<void>;
}

export interface SweepDeps {
  readonly dueOrders: DueOrders;
  readonly timelines: TimelineStore;
  readonly clock: Clock;
  /** Asks the step's owner to do it again. */
  readonly repeat: (work: WorkDueData) => Promise<void>;
  readonly tellOverdue: (overdue: { orderId: string; step: string }) => void;
}

/** After so many repeats without a new fact the order goes on the operators' list, and on being repeated hourly. */
const ATTEMPTS_BEFORE_OVERDUE = 5;
/** Repeats are that far apart at most before a late order is reported. */
const MAX_BACK_OFF_MS = 16 * minuteMs;
/** The first repeat after the time is up gets this long to end the matter before it is reported. */
const GRACE_MS = 5 * minuteMs;
/** So long the carrier, asked when the promise is up, has to tell of a delivery that it had not told of. */
const TELLING_MS = 5 * minuteMs;
const MAX_A_SHARD = 25;
/** Orders looked at side by side, and how long one sweep goes on: shorter than the minute to the next. */
const AT_ONCE = 8;
const MAX_SWEEP_MS = 40_000;

export interface Swept {
  readonly looked: number;
  readonly repeated: number;
  readonly overdue: number;
}

/**
 * Looks at the orders whose time has come. One that moved on is put on its true deadline; one that is late
 * has its step repeated by the function that owns it, backing off from one minute; one that stays late is
 * reported once as a fact and repeated every hour from then on, until it moves. A parcel that is not there when it
 * was promised is asked after, and told of as a broken promise minutes later. An order that can't be looked at does
 * not keep the others from their turn; the first such failure is thrown when all had theirs.
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
    // Those that could not be looked at are still due, and must not hide what is due behind them.
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
  deps.tellOverdue({ orderId, step: step ?? 'person' });
  return 'overdue';
}

/** Tells of each promise that was up by then, once. */
async function breakPromises(deps: SweepDeps, timeline: Timeline, by: Instant): Promise<Timeline> {
  if (promisesBroken(timeline.facts, by).length === 0) return timeline;
  return actOnOrder(deps, timeline.orderId, { by: 'clock' }, ({ facts }) => promisesBroken(facts, by));
}

/** Whether what the order waits for has to be mended first: it is tried again more often, as that may be any moment. */
const isBlocked = ({ facts }: Timeline): boolean =>
  orderOf(facts).attention?.startsWith('blocked: ') ?? false;

/** Whether the order was reported since it last moved. */
function alreadyReported({ facts }: Timeline): boolean {
  const { sequence } = latestMove(facts);
  const isReported = facts.some((fact) => fact.name === 'order.overdue' && fact.sequence > sequence);
  return isReported && orderOf(facts).attention !== undefined;
}
