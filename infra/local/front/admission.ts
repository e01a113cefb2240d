import { availableParallelism } from 'node:os';

/** How many requests one machine answers at once, and how many may wait for how long. */
export interface AdmissionLimits {
  readonly running: number;
  readonly waiting: number;
  readonly waitMs: number;
}

/**
 * The limits of this machine. A request that waits costs nothing but its memory, so the line is long. The wait is
 * short: an answer that comes later than this is worth less than the advice to come back.
 */
export const MACHINE_LIMITS: AdmissionLimits = {
  running: Math.max(8, 4 * availableParallelism()),
  waiting: 256,
  waitMs: 5_000,
};

/** Decides which requests are worked on. */
export interface Admission {
  /**
   * Resolves with the function to call when the request is answered, or with undefined when there is no room soon.
   * `isFirst`: the request goes before those that are not.
   */
  enter(isFirst: boolean): Promise<(() => void) | undefined>;
}

/**
 * Limits the requests in work, as Lambda's concurrency limits them on AWS. Without a limit each request would slow all
 * others until none is answered in time.
 */
export function createAdmission({ running: maxRunning, waiting, waitMs }: AdmissionLimits): Admission {
  let running = 0;
  const first = new Set<Waiting>();
  const others = new Set<Waiting>();

  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running -= 1;
      const line = first.size > 0 ? first : others;
      const [next] = line;
      if (next === undefined) return;
      line.delete(next);
      next.admit();
    };
  };
  const admit = (): (() => void) => {
    running += 1;
    return leaveOnce();
  };
  /** Whether there is room in the line. The latest of the others gives its room to a request that goes first. */
  const hasRoom = (isFirst: boolean): boolean => {
    if (first.size + others.size < waiting) return true;
    const latest = isFirst ? [...others].at(-1) : undefined;
    latest?.refuse();
    return latest !== undefined;
  };

  return {
    enter: (isFirst) => {
      if (running < maxRunning) return Promise.resolve(admit());
      if (!hasRoom(isFirst)) return Promise.resolve(undefined);
      const line = isFirst ? first : others;
      return new Promise((resolve) => {
        const request: Waiting = {
          admit: () => {
            clearTimeout(timer);
            resolve(admit());
          },
          refuse: () => {
            clearTimeout(timer);
            line.delete(request);
            resolve(undefined);
          },
        };
        const timer = setTimeout(request.refuse, waitMs);
        line.add(request);
      });
    },
  };
}

/** A request in the line. */
interface Waiting {
  admit(): void;
  refuse(): void;
}
