import { constants } from 'node:os';

type StopSignal = 'SIGINT' | 'SIGTERM';

/** Informs a program that it should end. */
export interface Interruption {
  /** Aborts at the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Gives the result of `work`. If the program should end before, rejects with {@link Interrupted} at once. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Resolves at the first Ctrl-C or SIGTERM. */
  readonly asked: Promise<StopSignal>;
}

/** The error of a program that had to end before its work was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** The exit code that a shell expects after this signal: 130 for Ctrl-C, 143 for SIGTERM. */
  readonly exitCode: number;

  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.exitCode = exitCodeOf(signal);
  }
}

/** 128 plus the number of the signal, as in shells. */
function exitCodeOf(signal: StopSignal): number {
  return 128 + constants.signals[signal];
}

/**
 * Signals within this time after the first one count as one request. A signal to a whole process group reaches this
 * process directly and again through the launcher.
 */
const SAME_WISH_MS = 500;

/**
 * Listens for Ctrl-C and SIGTERM from now on. After the first one, the program stops its parts itself. A second one
 * that comes more than half a second later ends the process at once.
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
  // Between two pieces of work, no code waits for the rejection.
  rejected.catch(() => {});
  return { signal, asked, race: (work) => Promise.race([work, rejected]) };
}
