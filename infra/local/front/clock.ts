import { setTimeout as wait } from 'node:timers/promises';

/** Time as the front of the local cloud sees it; tests pass their own. */
export interface Clock {
  now(): Date;
  /** Resolves after that many milliseconds, or at once when the signal is given; does not keep the process alive. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** Longest time that one timer of the platform can measure, in milliseconds. */
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
