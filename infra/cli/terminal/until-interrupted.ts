import { constants } from 'node:os';

type StopSignal = 'SIGINT' | 'SIGTERM';

/** How a program learns that it should end. */
export interface Interruption {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The result of `work`, unless the program should end before: then rejects with {@link Interrupted} at once. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Resolves at the first Ctrl-C or SIGTERM. */
  readonly asked: Promise<StopSignal>;
}

/** The program was asked to end before its work was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** The exit code that a shell expects after this signal: 130 for Ctrl-C, 143 for SIGTERM. */
  readonly exitCode: number;

  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.exitCode = exitCodeOf(signal);
  }
}

/** 128 and the number of the signal, as shells have it. */
function exitCodeOf(signal: StopSignal): number {
  return 128 + constants.signals[signal];
}

/**
 * Signals this close to the first one are the same wish to stop: one that goes to a whole process group reaches this
 * process by itself and again through the launcher.
 */
const SAME_WISH_MS = 500;

/**
 * Listens for Ctrl-C and SIGTERM from now on. The first one is left to the program, which stops what it started; one
 * that comes more than half a second later ends the process where it stands.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  let firstAtMs: number | undefined;
  const asked = new Promise<StopSignal>((resolve) => {
    const hear = (name: StopSignal) => {
      const nowMs = performance.now();
      firstAtMs ??= nowMs;
      if (nowMs - firstAtMs > SAME_WISH_MS) process.exit(exitCodeOf(name));
      if (signal.aborted) return;
      controller.abort(new Interrupted(name));
      resolve(name);
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
  });
  const rejected = asked.then((name): never => {
    throw new Interrupted(name);
  });
  // Nobody waits for it between two pieces of work.
  rejected.catch(() => {});
  return { signal, asked, race: (work) => Promise.race([work, rejected]) };
}
