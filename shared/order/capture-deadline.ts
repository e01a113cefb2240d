import type { Fact } from '../../events/all-events.ts';
import { dayMs, later, minuteMs } from '../kernel/time.ts';
import { capturesDue, nextInstalment, RELEASE_OF_REST, restToRelease } from '../timeline/index.ts';
import { type Deadline, deadlineSince, type Wait } from './wait.ts';

const AFTER_DISPATCH: Wait = { waitMs: minuteMs, step: 'capture', waitingFor: 'the capture' };
const RELEASE: Wait = { ...AFTER_DISPATCH, waitingFor: RELEASE_OF_REST };

/**
 * The capture of goods that have left, for an order that is paid at dispatch, or the release of what nothing is left to
 * be captured of. It is started a minute after the hand-over, or after the last parcel was closed, and is late after a
 * day: the authorisation of such a method holds for weeks.
 */
export function captureDeadline(facts: readonly Fact[]): Deadline[] {
  const [due] = capturesDue(facts);
  const since = due?.since ?? restToRelease(facts);
  if (since === undefined) return [];
  const deadline = deadlineSince(since, due === undefined ? RELEASE : AFTER_DISPATCH, { key: 'capture' });
  return [{ ...deadline, overdueFrom: later(since.recordedAt, dayMs) }];
}

const INSTALMENT: Wait = { waitMs: 0, step: 'capture', waitingFor: 'the instalment' };

/** The next instalment of an order, at its due date or its next try. It is late after a day. */
export function instalmentDeadline(facts: readonly Fact[]): Deadline[] {
  const next = nextInstalment(facts);
  if (next === undefined) return [];
  const { since, dueAt } = next;
  const deadline = deadlineSince(since, INSTALMENT, { key: 'instalment' });
  return [{ ...deadline, dueAt, overdueFrom: later(dueAt, dayMs) }];
}
