import bars, { type Options, type Params } from 'cli-progress';
import { createPace, durationText, type Pace } from './estimate.ts';

/** One step of the work that counts towards a total. */
export interface Step {
  /** Adds units. `work`: their share of the total work, which is their number when left out. */
  advance(by?: number, work?: number): void;
  /** Sets the count, for steps whose count is measured and not added up. */
  reach(count: number): void;
  end(): void;
}

export interface Progress {
  /**
   * `work`: the total by which the time left is estimated, for units that take very different times. It is the number
   * of units when left out.
   */
  start(label: string, total: number, unit: string, work?: number): Step;
  say(line: string): void;
}

const LINE_EVERY_MS = 10_000;

/**
 * Shows the progress. A terminal gets bars with count, rate and time left. Any other output gets a line every ten
 * seconds and one at the end. The time left is shown when it can be estimated.
 */
export function createProgress(
  out: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Progress {
  return {
    start: (label, total, unit, work = total) =>
      (out.isTTY ? bar : lines)(out, { label, total, unit, work }, now),
    say: (line) => void out.write(`${line}\n`),
  };
}

/** The name and the unit of a step. */
interface StepText {
  readonly label: string;
  readonly total: number;
  readonly unit: string;
  readonly work: number;
}

function bar(out: NodeJS.WriteStream, { label, total, unit, work }: StepText, now: () => number): Step {
  const began = now();
  const pace = createPace(now);
  const shown = new bars.SingleBar({
    stream: out,
    hideCursor: true,
    // The replay handles Ctrl-C itself, because it prints the result so far.
    gracefulExit: false,
    barsize: 28,
    fps: 5,
    format: (options: Options, { progress, value, total: all }: Params) => {
      const rate = perSecond(value, now() - began);
      const left = value >= all ? durationText((now() - began) / 1000) : leftText(pace.secondsLeft(work));
      const done = `${value}/${all} ${unit}`;
      const drawn = bars.Format.BarFormat(progress, options);
      return `${label.padEnd(22)} ${drawn} ${done.padEnd(22)} ${rate.toFixed(rate < 10 ? 1 : 0).padStart(6)}/s  ${left}`;
    },
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  shown.start(Math.max(1, total), 0);
  return countedStep(
    pace,
    (count) => shown.update(count),
    () => shown.stop(),
  );
}

const leftText = (seconds: number | undefined) =>
  seconds === undefined ? '' : `${durationText(seconds)} left`;

function lines(out: NodeJS.WriteStream, { label, total, unit, work }: StepText, now: () => number): Step {
  const began = now();
  const pace = createPace(now);
  let count = 0;
  let writtenAt = now();
  let written = -1;
  const write = () => {
    if (written === count) return;
    written = count;
    const left = count < total ? leftText(pace.secondsLeft(work)) : '';
    const parts = [
      `${count}/${total} ${unit}`,
      `${perSecond(count, now() - began).toFixed(1)}/s`,
      ...(left === '' ? [] : [left]),
    ];
    out.write(`${label}: ${parts.join(', ')}\n`);
  };
  const show = (to: number) => {
    count = to;
    if (now() - writtenAt < LINE_EVERY_MS) return;
    writtenAt = now();
    write();
  };
  return countedStep(pace, show, write);
}

/** Counts units and their work, and shows each new count. */
function countedStep(pace: Pace, show: (count: number) => void, end: () => void): Step {
  let count = 0;
  let done = 0;
  const move = (to: number, work: number) => {
    count = to;
    done = work;
    pace.note(done);
    show(count);
  };
  return {
    advance: (by = 1, work = by) => move(count + by, done + work),
    reach: (to) => move(to, to),
    end,
  };
}

const perSecond = (count: number, elapsedMs: number) => count / Math.max(0.001, elapsedMs / 1000);
