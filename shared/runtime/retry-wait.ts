import { MAX_RECEIVES } from '../../events/queues.ts';

/** The number of times that a failing message is delivered, and the wait after the first failure. */
export interface RetryPolicy {
  readonly maxReceives: number;
  readonly firstSeconds: number;
}

/** The waits of every queue: 2, 4, 8 … seconds, and 15 minutes at most. */
export const RETRY_POLICY: RetryPolicy = { maxReceives: MAX_RECEIVES, firstSeconds: 2 };

const LONGEST_SECONDS = 15 * 60;
/** The wait is shortened by up to this share, so that messages that failed together do not come back together. */
const JITTER = 0.2;

/**
 * Seconds until a message that failed is handed out again. `receives` counts from 1 and includes the one that failed;
 * `chance`, from 0 to 1, chooses the jitter. After the last receive it is 0: the queue parks the message at once.
 */
export function retryWaitSeconds(
  receives: number,
  chance: number,
  { maxReceives, firstSeconds }: RetryPolicy = RETRY_POLICY,
): number {
  if (receives >= maxReceives) return 0;
  const full = Math.min(firstSeconds * 2 ** Math.max(0, receives - 1), LONGEST_SECONDS);
  return Math.round(full * (1 - JITTER * chance));
}
