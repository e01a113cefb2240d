import type { Fact } from '../../events/all-events.ts';
import { hourMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import type { DueMove } from '../timeline/index.ts';
import { type Deadline, deadlinesOf, earliestOf } from './deadline.ts';

/** If the entry in the due index is this much too late, moving it is worth the index writes. */
const MAX_LATE_MS = 10 * minuteMs;
/** The sweeper looks at an order that is late at least this often. */
const MAX_BETWEEN_LOOKS_MS = hourMs;

/**
 * What facts change about the order's entry in the due index. While the order is open, its entry mostly stays: the
 * sweeper reads the order at that time, computes the true deadline from the facts and moves the entry. That saves two
 * index writes a step, and an early entry costs one read. The entry is moved at once where a deadline of its own facts
 * came nearer by more than some minutes, because the sweeper would look only at the end of the longer wait: a released
 * hold, a cancellation while the warehouse works, work that was late for long and goes on. An order that had ended and
 * is owed something again gets an entry, and one that has ended loses it.
 */
export function dueMoveOf(before: readonly Fact[], added: readonly Fact[]): DueMove {
  const latest = added.at(-1);
  if (latest === undefined) return 'leave';
  const now = latest.recordedAt;
  const was = before.length === 0 ? [] : deadlinesOf(before);
  const present = deadlinesOf([...before, ...added]);
  const earliest = earliestOf(present);
  if (earliest === undefined) return was.length === 0 ? 'leave' : 'remove';
  const place = latestPlaceOf(was, now);
  if (place === undefined) return { to: earliest };
  const nearest = earliestOf(present.filter((deadline) => isNew(deadline, was, now)));
  if (nearest === undefined || later(nearest, MAX_LATE_MS) >= place) return 'leave';
  // Another deadline that is late has a time for its next repeat, which only the sweeper knows.
  const isLate = earliest < now;
  return { to: isLate ? now : earliest };
}

/** The latest time at which the sweeper looks at the order; undefined if the order has no entry. */
function latestPlaceOf(was: readonly Deadline[], now: Instant): Instant | undefined {
  const earliest = earliestOf(was);
  if (earliest === undefined || earliest > now) return earliest;
  // A deadline that is late is repeated with growing intervals.
  return later(earliest, MAX_LATE_MS) > now ? now : later(now, MAX_BETWEEN_LOOKS_MS);
}

/** Whether the facts gave the deadline, or moved it nearer than where the sweeper looks. */
function isNew({ key, since, dueAt }: Deadline, was: readonly Deadline[], now: Instant): boolean {
  const before = was.find((deadline) => deadline.key === key);
  if (before === undefined || dueAt < before.dueAt) return true;
  return before.dueAt <= now && since !== before.since;
}
