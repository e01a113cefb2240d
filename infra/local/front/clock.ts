import { setTimeout as wait } from 'node:timers/promises';

/** The time for the front of the local cloud. Tests pass a clock of their own. */
export interface Clock {
  now(): Date;
  /**
   * Resolves after this many milliseconds, or at once when the signal aborts. A sleep does not keep the process
   * alive.
   */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** The longest time that one timer of Node can measure, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (durationMs, signal) => {
    for (let left = durationMs; left > 0 && signal?.aborted !== true; left -= longestTimerMs) {
      const options = signal === undefined ? { ref: false } : { ref: false, signal };
      await wait(Math.min(left, longestTimerMs), undefined, options).catch((error: Error) => {
        if (error.name !== 'AbortError') throw error;
      });
    }
  },
};
