import type { Fact } from '../../events/all-events.ts';
import { dayMs, later, minuteMs } from '../kernel/time.ts';
import { capturesDue } from '../timeline/index.ts';
import { type Deadline, deadlineSince, type Wait } from './wait.ts';

const AFTER_DISPATCH: Wait = { waitMs: minuteMs, step: 'capture', waitingFor: 'the capture' };

/**
 * The capture of goods that have left, for an order that is paid at dispatch. It is started a minute after the
 * hand-over and is late after a day: the authorisation of such a method holds for weeks.
 */
export function captureDeadline(facts: readonly Fact[]): Deadline[] {
  const [due] = capturesDue(facts);
  if (due === undefined) return [];
  const deadline = deadlineSince(due.since, AFTER_DISPATCH, { key: 'capture' });
  return [{ ...deadline, overdueFrom: later(due.since.recordedAt, dayMs) }];
}
