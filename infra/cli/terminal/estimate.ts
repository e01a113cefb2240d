/** How a step gets on: how much is done by when. */
export interface Pace {
  /** Notes that `count` is done by now. */
  note(count: number): void;
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

/** Units that an estimate rests on, at least: a slow beginning has left the picture by then. */
const MIN_UNITS = 10;
/** The last units and those before them are taken for one speed when neither is this many times the other. */
const SAME_SPEED = 2;

/**
 * Estimates by the speed of the latter half of the time or of the units, whichever began later, so that a slow
 * beginning is forgotten. Says nothing while the speed still changes. `now` gives milliseconds of any clock that only
 * goes forward.
 */
export function createPace(now: () => number): Pace {
  const began = now();
  const samples: Sample[] = [{ at: began, count: 0 }];
  let count = 0;
  /** The latest sample that is at least this many units back; the first one when there are not as many. */
  const indexBefore = (units: number) =>
    Math.max(
      0,
      samples.findLastIndex((sample) => sample.count <= count - units),
    );
  /** Units a millisecond from this sample until now. */
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

/** `59 s`, `1 min 30 s`, `2 h 5 min`: whole seconds up to an hour, rounded up. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 90) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.ceil(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
