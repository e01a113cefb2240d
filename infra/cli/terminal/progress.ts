import bars, { type Options, type Params } from 'cli-progress';
import { createPace, durationText } from './estimate.ts';

/** One step of the work that counts towards a total. */
export interface Step {
  advance(by?: number): void;
  /** Sets the count, for steps whose count is measured and not added up. */
  reach(count: number): void;
  end(): void;
}

export interface Progress {
  start(label: string, total: number, unit: string): Step;
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
    start: (label, total, unit) => (out.isTTY ? bar : lines)(out, { label, total, unit }, now),
    say: (line) => void out.write(`${line}\n`),
  };
}

/** The name and the unit of a step. */
interface StepText {
  readonly label: string;
  readonly total: number;
  readonly unit: string;
}

function bar(out: NodeJS.WriteStream, { label, total, unit }: StepText, now: () => number): Step {
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
      const rate = pace.rate();
      const left = value >= all ? durationText((now() - began) / 1000) : leftText(pace.secondsLeft(all));
      const done = `${value}/${all} ${unit}`;
      const drawn = bars.Format.BarFormat(progress, options);
      return `${label.padEnd(22)} ${drawn} ${done.padEnd(22)} ${rate.toFixed(rate < 10 ? 1 : 0).padStart(6)}/s  ${left}`;
    },
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  shown.start(Math.max(1, total), 0);
  let count = 0;
  const reach = (to: number) => {
    count = to;
    pace.note(count);
    shown.update(count);
  };
  return { advance: (by = 1) => reach(count + by), reach, end: () => shown.stop() };
}

const leftText = (seconds: number | undefined) =>
  seconds === undefined ? '' : `${durationText(seconds)} left`;

function lines(out: NodeJS.WriteStream, { label, total, unit }: StepText, now: () => number): Step {
  const pace = createPace(now);
  let count = 0;
  let writtenAt = now();
  let written = -1;
  const write = () => {
    if (written === count) return;
    written = count;
    const left = count < total ? leftText(pace.secondsLeft(total)) : '';
    const parts = [
      `${count}/${total} ${unit}`,
      `${pace.rate().toFixed(1)}/s`,
      ...(left === '' ? [] : [left]),
    ];
    out.write(`${label}: ${parts.join(', ')}\n`);
  };
  const reach = (to: number) => {
    count = to;
    pace.note(count);
    if (now() - writtenAt < LINE_EVERY_MS) return;
    writtenAt = now();
    write();
  };
  return { advance: (by = 1) => reach(count + by), reach, end: write };
}
