import type { Fact } from '../../events/all-events.ts';
import type { LateWork } from '../../events/work.ts';
import { defined } from '../kernel/defined.ts';
import { type Clock, hourMs, type Instant, later, minuteMs, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  promisesBroken,
  type Timeline,
  type TimelineStore,
} from '../timeline/index.ts';
import { type Deadline, deadlinesOf, earliestOf } from './deadline.ts';
import type { Attempt, DueOrder, DueOrders } from './due-orders.ts';
import { headOf } from './head.ts';
import { reportsOf } from './overdue-report.ts';
import type { DueStep } from './wait.ts';

export interface SweepDeps {
  readonly dueOrders: DueOrders;
  readonly timelines: TimelineStore;
  readonly clock: Clock;
  /** Asks the step's owner to do it again. */
  readonly repeat: (work: LateWork) => Promise<void>;
  /** Erases the order's personal data. Somebody asks for it so seldom that it has no function of its own. */
  readonly erase: (orderId: string) => Promise<void>;
  readonly reportOverdue: (overdue: { orderId: string; step: DueStep | 'person'; parcelId?: string }) => void;
}

/** After this number of repeats without a new fact the deadline is reported, and its step is repeated hourly. */
const ATTEMPTS_BEFORE_OVERDUE = 5;
/** The longest interval between repeats before a late deadline is reported. */
const MAX_BACK_OFF_MS = 16 * minuteMs;
/** After the deadline the first repeat gets this long to succeed before the deadline is reported. */
const GRACE_MS = 5 * minuteMs;
/** A partner is asked this often whether a parcel has arrived, before its promise counts as broken. */
const ASKS_BEFORE_BROKEN = 3;

type Attempts = Readonly<Record<string, Attempt>>;

/** A deadline that has passed, with its repeats so far. */
interface Late {
  readonly deadline: Deadline;
  readonly before: Attempt | undefined;
}

interface Look {
  readonly isLate: boolean;
  /** Deadlines that were reported as overdue. */
  readonly overdue: number;
}

/**
 * Handles one order whose place in the due index has come. An order with nothing late gets the place of its earliest
 * deadline. The step of each late deadline is repeated by the function that owns it, with growing intervals from one
 * minute; one message is sent for each step. A deadline that stays late is reported once as a fact, and its step is
 * repeated every hour until its subject moves. For a parcel that missed its promise, the partner that has it is asked,
 * and minutes later one broken promise is recorded.
 */
export async function sweepOrder(deps: SweepDeps, order: DueOrder): Promise<Look> {
  const now = toInstant(deps.clock());
  // Read consistently: an order that seems to wait for nothing loses its place.
  const loaded = await deps.timelines.load(order.orderId, { consistent: true });
  if (loaded === undefined) return onTime;
  const kept = isAnyLate(loaded.facts, now) ? await deps.dueOrders.attempts(order.orderId) : {};
  const timeline = await breakPromises(deps, loaded, { kept, now });
  const deadlines = deadlinesOf(timeline.facts);
  if (deadlines.length === 0) {
    await deps.dueOrders.forget(order, headOf(timeline.facts), now);
    return onTime;
  }
  const late = lateOf(deadlines, kept, now);
  const tried = late.filter(({ before }) => before === undefined || before.nextAt <= now);
  await repeatSteps(deps, order.orderId, tried);
  const attempts = Object.fromEntries(
    late.flatMap((each) => {
      const { deadline, before } = each;
      const attempt = tried.includes(each) ? attemptAfter(timeline.facts, each, now) : before;
      return attempt === undefined ? [] : [[deadline.key, attempt] as const];
    }),
  );
  await deps.dueOrders.postpone(order, { dueAt: placeOf(deadlines, attempts), attempts });
  const overdue = await report(deps, timeline, { tried, attempts, now });
  return { isLate: tried.length > 0, overdue };
}

const onTime: Look = { isLate: false, overdue: 0 };

const isAnyLate = (facts: readonly Fact[], now: Instant): boolean =>
  deadlinesOf(facts).some(({ dueAt }) => dueAt <= now);

/** The deadlines that have passed. Repeats that were made before the subject moved do not count. */
function lateOf(deadlines: readonly Deadline[], kept: Attempts, now: Instant): Late[] {
  return deadlines
    .filter(({ dueAt }) => dueAt <= now)
    .map((deadline) => ({ deadline, before: attemptFor(deadline, kept) }));
}

function attemptFor({ key, since }: Deadline, kept: Attempts): Attempt | undefined {
  const attempt = kept[key];
  return attempt?.since === since ? attempt : undefined;
}

/** The next look at the order: at the next deadline, or at the next repeat for one that has passed. */
const placeOf = (deadlines: readonly Deadline[], attempts: Attempts): Instant => {
  const dueAt = earliestOf(deadlines.map(({ key, dueAt: at }) => ({ dueAt: attempts[key]?.nextAt ?? at })));
  if (dueAt === undefined) throw new Error('an order without deadlines has no place in the due index');
  return dueAt;
};

const countOf = (before: Attempt | undefined): number => before?.count ?? 0;

/** One message for each step, with the highest number of repeats of those that wait for it. */
async function repeatSteps(deps: SweepDeps, orderId: string, tried: readonly Late[]): Promise<void> {
  const counts = new Map<DueStep, number>();
  for (const { deadline, before } of tried) {
    const { step } = deadline;
    if (step !== undefined) counts.set(step, Math.max(counts.get(step) ?? 0, countOf(before) + 1));
  }
  for (const [step, attempt] of counts) {
    if (step === 'erasure') await deps.erase(orderId);
    else await deps.repeat({ orderId, step, attempt });
  }
}

/** The repeats of a deadline after this one, and when the next one comes. */
function attemptAfter(facts: readonly Fact[], { deadline, before }: Late, now: Instant): Attempt {
  const { since, overdueFrom } = deadline;
  const count = countOf(before) + 1;
  const isEarly = now < overdueFrom;
  const growing = Math.min(minuteMs * 2 ** (count - 1), isEarly ? hourMs : MAX_BACK_OFF_MS);
  const nextAt = later(now, isOnlyReported(facts, deadline) ? hourMs : growing);
  return { since, count, nextAt: isEarly && overdueFrom < nextAt ? overdueFrom : nextAt };
}

/** Whether the deadline was reported as late. A blocked one is tried more often: the repair may come at any moment. */
function isOnlyReported(facts: readonly Fact[], deadline: Deadline): boolean {
  const reports = reportsOf(facts, deadline);
  return reports.length > 0 && reports.every(({ data }) => data.reason === undefined);
}

/** Records each promise that has passed, once, after the partner that has the parcel was asked. */
async function breakPromises(
  deps: SweepDeps,
  timeline: Timeline,
  { kept, now }: { readonly kept: Attempts; readonly now: Instant },
): Promise<Timeline> {
  const isBroken = (deadline: Deadline) =>
    deadline.reportedBy === 'parcel.promise_broken' &&
    deadline.overdueFrom <= now &&
    (deadline.step === undefined || countOf(attemptFor(deadline, kept)) >= ASKS_BEFORE_BROKEN);
  const brokenIn = (facts: readonly Fact[]): Decided[] => {
    const parcels = new Set(
      deadlinesOf(facts)
        .filter(isBroken)
        .map(({ parcelId }) => parcelId),
    );
    return promisesBroken(facts, now).filter(({ data }) => 'parcelId' in data && parcels.has(data.parcelId));
  };
  if (brokenIn(timeline.facts).length === 0) return timeline;
  return actOnOrder(deps, timeline.orderId, { by: 'clock' }, ({ facts }) => brokenIn(facts));
}

/** Reports each deadline that stays late, once, unless its subject moved meanwhile. Gives their number. */
async function report(
  deps: SweepDeps,
  timeline: Timeline,
  {
    tried,
    attempts,
    now,
  }: { readonly tried: readonly Late[]; readonly attempts: Attempts; readonly now: Instant },
): Promise<number> {
  const { orderId } = timeline;
  const isDue = (deadline: Deadline) => {
    const { step, overdueFrom, reportedBy, key } = deadline;
    const isLate = now >= later(overdueFrom, step === undefined ? 0 : GRACE_MS);
    const hasGivenUp = step === undefined || (attempts[key]?.count ?? 0) >= ATTEMPTS_BEFORE_OVERDUE;
    return reportedBy === 'order.overdue' && isLate && hasGivenUp;
  };
  const candidates = tried.map(({ deadline }) => deadline).filter(isDue);
  const unreported = (facts: readonly Fact[]) =>
    deadlinesOf(facts).filter(
      (deadline) =>
        candidates.some((each) => isSame(each, deadline)) && reportsOf(facts, deadline).length === 0,
    );
  if (unreported(timeline.facts).length === 0) return 0;
  let reported: readonly Deadline[] = [];
  await actOnOrder(deps, orderId, { by: 'clock' }, ({ facts }) => {
    reported = unreported(facts);
    return reported.map((deadline) => overdueFact(deadline, attempts));
  });
  for (const { step = 'person', parcelId } of reported)
    deps.reportOverdue({ orderId, step, ...defined({ parcelId }) });
  return reported.length;
}

/** Whether nothing has moved the subject in between. */
const isSame = (one: Deadline, other: Deadline): boolean =>
  one.key === other.key && one.since === other.since && one.waitingFor === other.waitingFor;

function overdueFact({ key, waitingFor, parcelId, dueAt }: Deadline, attempts: Attempts): Decided {
  const about = defined({ parcelId });
  return {
    name: 'order.overdue',
    data: { waitingFor, ...about, since: dueAt, attempts: attempts[key]?.count ?? 1 },
  };
}
