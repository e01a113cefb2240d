import bars, { type Options, type Params } from 'cli-progress';

/** One step of the work that counts towards a total. */
export interface Step {
  advance(by?: number): void;
  /** Puts the count where it is now, for steps that are measured and not counted. */
  reach(count: number): void;
  end(): void;
}

export interface Progress {
  start(label: string, total: number, unit: string): Step;
  say(line: string): void;
}

const LINE_EVERY_MS = 10_000;

/** Bars with count, rate and time left on a terminal; elsewhere a line every ten seconds and one at the end. */
export function createProgress(
  out: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Progress {
  return {
    start: (label, total, unit) =>
      out.isTTY ? bar(out, label, total, unit, now) : lines(out, label, total, unit, now),
    say: (line) => void out.write(`${line}\n`),
  };
}

function rateOf(count: number, sinceMs: number, now: () => number): number {
  return count / Math.max(0.001, (now() - sinceMs) / 1000);
}

function bar(out: NodeJS.WriteStream, label: string, total: number, unit: string, now: () => number): Step {
  const began = now();
  const shown = new bars.SingleBar({
    stream: out,
    hideCursor: true,
    // Ctrl-C is the replay's own: it prints what is done so far.
    gracefulExit: false,
    barsize: 28,
    etaBuffer: 200,
    fps: 5,
    format: (options: Options, { progress, value, total: all, eta }: Params) => {
      const rate = rateOf(value, began, now);
      const left = value >= all ? `${Math.round((now() - began) / 1000)} s` : `${timeLeft(eta)} left`;
      const done = `${value}/${all} ${unit}`;
      const drawn = bars.Format.BarFormat(progress, options);
      return `${label.padEnd(22)} ${drawn} ${done.padEnd(22)} ${rate.toFixed(rate < 10 ? 1 : 0).padStart(6)}/s  ${left}`;
    },
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  shown.start(Math.max(1, total), 0);
  let count = 0;
  return {
    advance: (by = 1) => {
      count += by;
      shown.update(count);
    },
    reach: (to) => {
      count = to;
      shown.update(count);
    },
    end: () => shown.stop(),
  };
}

function timeLeft(eta: number | string): string {
  const seconds = Number(eta);
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`;
}

function lines(out: NodeJS.WriteStream, label: string, total: number, unit: string, now: () => number): Step {
  const began = now();
  let count = 0;
  let saidAt = began;
  let said = -1;
  const say = () => {
    if (said === count) return;
    said = count;
    const rate = rateOf(count, began, now);
    const left = count > 0 && count < total ? `, ${timeLeft((total - count) / rate)} left` : '';
    out.write(`${label}: ${count}/${total} ${unit}, ${rate.toFixed(1)}/s${left}\n`);
  };
  const at = (to: number) => {
    count = to;
    if (now() - saidAt < LINE_EVERY_MS) return;
    saidAt = now();
    say();
  };
  return { advance: (by = 1) => at(count + by), reach: at, end: say };
}
