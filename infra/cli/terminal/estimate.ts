/** The speed of a step. */
export interface Pace {
  /** Records that `count` units are done now. */
  note(count: number): void;
  /** Seconds until `total` units are done; undefined while it is too early for an estimate. */
  secondsLeft(total: number): number | undefined;
}

/** The time before the first estimate. The first seconds are slow: connections open, and functions start cold. */
const MIN_ELAPSED_MS = 5_000;
/** The smallest number of advances for an estimate, because one batch may be much faster or slower than others. */
const MIN_ADVANCES = 4;
/** Two samples within this time are kept as one. */
const SAMPLE_EVERY_MS = 100;

interface Sample {
  readonly at: number;
  readonly count: number;
}

/** The smallest number of units for an estimate. After them the slow beginning is no longer in the estimate. */
const MIN_UNITS = 10;
/** Two speeds count as equal if neither is more than this number of times the other. */
const SAME_SPEED = 2;

/**
 * Estimates from the latter half of the time or of the units, whichever began later, so that a slow beginning has no
 * effect. Gives no estimate while the speed still changes. `now` gives the milliseconds of a clock that never goes
 * back.
 */
export function createPace(now: () => number): Pace {
  const began = now();
  const samples: Sample[] = [{ at: began, count: 0 }];
  let count = 0;
  /** The latest sample that is at least this number of units back, or the first sample if there is none. */
  const indexBefore = (units: number) =>
    Math.max(
      0,
      samples.findLastIndex((sample) => sample.count <= count - units),
    );
  /** Units in a millisecond from this sample until now. */
  const speedSince = (index: number) => {
    const from = samples[index];
    return from === undefined ? 0 : (count - from.count) / Math.max(1, now() - from.at);
  };
  return {
    note(done) {
      if (done === count) return;
      count = done;
      const sample = { at: now(), count };
      const before = samples.at(-2);
      if (before !== undefined && sample.at - before.at < SAMPLE_EVERY_MS) samples.pop();
      samples.push(sample);
    },
    secondsLeft(total) {
      const elapsed = now() - began;
      if (elapsed < MIN_ELAPSED_MS) return undefined;
      const last = samples.at(-1);
      const half = samples.findLastIndex(({ at }) => at <= now() - elapsed / 2);
      const units = Math.max(MIN_UNITS, Math.floor(count / 2));
      const from = Math.max(half, indexBefore(units));
      if (last === undefined || samples.length - 1 - from < MIN_ADVANCES) return undefined;
      const recent = indexBefore(Math.floor((last.count - (samples[from]?.count ?? 0)) / 2));
      const [speed, recentSpeed] = [speedSince(from), speedSince(recent)];
      const isSteady = recentSpeed <= speed * SAME_SPEED && speed <= recentSpeed * SAME_SPEED;
      return speed > 0 && isSteady ? Math.max(0, total - count) / speed / 1000 : undefined;
    },
  };
}

/** A time in whole seconds, rounded up: `59 s`, `1 min 30 s`. From an hour on in minutes: `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 90) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.ceil(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
