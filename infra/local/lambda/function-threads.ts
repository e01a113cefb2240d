import { availableParallelism } from 'node:os';
import {
  type FunctionThread,
  type StartThread,
  startProcess,
  startThread,
  type WorkerOptions,
} from './function-thread.ts';
import type { FunctionWorker } from './function-worker.ts';
import type { ThreadServices } from './thread-services.ts';

/** Where the functions of this machine run. */
export interface FunctionThreads {
  /** Loads a function with the memory of its settings, in megabytes. */
  load(options: WorkerOptions, memoryMb: number): FunctionWorker;
  /** How many copies of one function are of use. */
  readonly maxCopies: number;
  /** Whether the threads compute nearly all the time, so that another copy of a function would only take memory. */
  areBusy(): boolean;
}

/** A thread of its own for each warm copy of a function: a crash of one touches no other. */
export function createThreadForEach(services: ThreadServices): FunctionThreads {
  return forEach(services, { start: startThread, maxCopies: 32 });
}

interface EachOptions {
  readonly start: StartThread;
  readonly maxCopies: number;
}

const forEach = (services: ThreadServices, { start, maxCopies }: EachOptions): FunctionThreads => ({
  load: (options, memoryMb) => start(options.input.functionName, memoryMb, services).load(options),
  maxCopies,
  areBusy: () => false,
});

/** The memory of one shared thread, in megabytes. Half of it holds the bundles of 30 functions, of 5 to 10 MB each. */
const SHARED_MEMORY_MB = 512;
/** The part of its time from which a thread counts as busy. */
const BUSY = 0.6;

/**
 * A few threads that all functions share: one for each processor, and at least two, so that a long computation in one
 * leaves room for the others. Each thread compiles the code anew and has its own heap. With one more, an order took a
 * tenth more processor time and 70 MB more memory.
 */
export function createSharedThreads(
  services: ThreadServices,
  count = Math.max(2, availableParallelism()),
): FunctionThreads {
  return shared(services, { start: startThread, count });
}

/** How long the process of native code waits for a next invocation, in milliseconds. */
const IDLE_MS = 10_000;

/** How functions with native code run. */
export interface NativeOptions {
  /** Gives each warm copy of a function a process of its own. */
  readonly isolated: boolean;
  readonly idleMs?: number | undefined;
}

/**
 * A process of its own for the functions with native code. What native code takes of the memory returns to the machine
 * only when its process ends, and DuckDB keeps some hundred megabytes. So the process starts when it is needed and ends
 * when it was idle for a while. DuckDB uses several processors by itself, so one copy of a function is enough.
 */
export function createNativeProcess(
  services: ThreadServices,
  { isolated, idleMs = IDLE_MS }: NativeOptions,
): FunctionThreads {
  const start = startProcess(idleMs);
  return isolated ? forEach(services, { start, maxCopies: 2 }) : shared(services, { start, count: 1 });
}

interface SharedOptions {
  readonly start: StartThread;
  readonly count: number;
}

function shared(services: ThreadServices, { start, count }: SharedOptions): FunctionThreads {
  let threads: FunctionThread[] = [];
  return {
    // Two copies of a function in one thread could not compute at the same time, but each keeps 5 to 10 MB.
    maxCopies: count,
    load: (options) => {
      threads = threads.filter((thread) => thread.accepts());
      if (threads.length < count) threads.push(start('functions', SHARED_MEMORY_MB, services));
      const [emptiest] = threads.toSorted((left, right) => left.size() - right.size());
      if (emptiest === undefined) throw new Error('there is no thread for a function');
      return emptiest.load(options);
    },
    areBusy: () => threads.every((thread) => thread.utilisation() > BUSY),
  };
}
