import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '../../../shared/aws/lease.ts';
import { type Clock, later, minuteMs, secondMs, toInstant } from '../../../shared/kernel/time.ts';

/** The right to change the tables of a stage's lake, held for as long as a command runs. */
export interface HeldLease {
  /** Whether the right is over, because it could not be extended in time. */
  isOver(): boolean;
  release(): Promise<void>;
}

export interface LeaseWaiting {
  readonly clock?: Clock;
  readonly say: (line: string) => void;
  /** How long the lease of a process that has stopped goes on. It is extended in time. */
  readonly holdMs?: number;
  /** How long a run that is at work is waited for, and how often it is looked at. */
  readonly patienceMs?: number;
  readonly everyMs?: number;
}

/**
 * Takes the lease of the function that makes the tables, and extends it until it is released. Waits for a run that is
 * at work; it lasts ten minutes at most. Throws an Error where the run does not end.
 */
export async function holdLease(lease: Lease, options: LeaseWaiting): Promise<HeldLease> {
  const { clock = () => new Date(), say, holdMs = 5 * minuteMs } = options;
  const { patienceMs = 12 * minuteMs, everyMs = 5 * secondMs } = options;
  const holder = `command-${hostname()}-${randomUUID()}`;
  let endsMs = 0;
  const take = async (): Promise<boolean> => {
    const nowMs = clock().getTime();
    const now = toInstant(new Date(nowMs));
    const taken = await lease.take(holder, now, later(now, holdMs));
    if (taken !== undefined) endsMs = nowMs + holdMs;
    return taken !== undefined;
  };
  const startedMs = clock().getTime();
  let isFirst = true;
  while (!(await take())) {
    if (clock().getTime() - startedMs > patienceMs)
      throw new Error('another run makes the tables and does not end: nothing was changed, try again later');
    if (isFirst) say('another run makes the tables: waiting for its end');
    isFirst = false;
    await sleep(everyMs);
  }
  // A failed extension is tried again. Without any, the right ends by itself.
  const extending = setInterval(() => void take().catch(() => undefined), holdMs / 4);
  return {
    isOver: () => clock().getTime() >= endsMs,
    release: async () => {
      clearInterval(extending);
      await lease.giveBack(holder);
    },
  };
}
