/** How a step gets on: how much is done by when. */
export interface Pace {
  /** Notes that `count` is done by now. */
  note(count: number): void;
  /** Units a second since the beginning. */
  rate(): number;
  /** Seconds until `total` is done; undefined while too little was seen to say. */
  secondsLeft(total: number): number | undefined;
}

/** The first seconds say little: connections open, functions start cold. */
const MIN_ELAPSED_MS = 5_000;
/** Steps forward that an estimate rests on: one batch may be anything. */
const MIN_ADVANCES = 4;
/** Closer moments are kept as one. */
const SAMPLE_EVERY_MS = 100;

interface Sample {
  readonly at: number;
  readonly count: number;
}

/**
 * Estimates by the speed of the latter half of the time that has passed, so that a slow beginning is forgotten.
 * `now` gives milliseconds of any clock that only goes forward.
 */
export function createPace(now: () => number): Pace {
  const began = now();
  const samples: Sample[] = [{ at: began, count: 0 }];
  let count = 0;
  return {
    note(done) {
      if (done === count) return;
      count = done;
      const sample = { at: now(), count };
      const before = samples.at(-2);
      if (before !== undefined && sample.at - before.at < SAMPLE_EVERY_MS) samples.pop();
      samples.push(sample);
    },
    rate: () => count / Math.max(0.001, (now() - began) / 1000),
    secondsLeft(total) {
      const elapsed = now() - began;
      if (elapsed < MIN_ELAPSED_MS) return undefined;
      const half = samples.findLastIndex(({ at }) => at <= now() - elapsed / 2);
      const from = samples[half];
      const last = samples.at(-1);
      if (from === undefined || last === undefined || samples.length - 1 - half < MIN_ADVANCES)
        return undefined;
      const perMs = (last.count - from.count) / (now() - from.at);
      return perMs > 0 ? Math.max(0, total - count) / perMs / 1000 : undefined;
    },
  };
}

/** `59 s`, `1 min 30 s`, `2 h 5 min`: whole seconds up to an hour, rounded up. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 90) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.ceil(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
