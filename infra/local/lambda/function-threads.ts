import { availableParallelism } from 'node:os';
import { type FunctionThread, startThread, type WorkerOptions } from './function-thread.ts';
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
  return {
    load: (options, memoryMb) => startThread(options.input.functionName, memoryMb, services).load(options),
    maxCopies: 32,
    areBusy: () => false,
  };
}

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
  let threads: FunctionThread[] = [];
  return {
    // Two copies of a function in one thread could not compute at the same time, but each keeps 5 to 10 MB.
    maxCopies: count,
    load: (options) => {
      threads = threads.filter((thread) => thread.accepts());
      if (threads.length < count) threads.push(startThread('functions', SHARED_MEMORY_MB, services));
      const [emptiest] = threads.toSorted((left, right) => left.size() - right.size());
      if (emptiest === undefined) throw new Error('there is no thread for a function');
      return emptiest.load(options);
    },
    areBusy: () => threads.every((thread) => thread.utilisation() > BUSY),
  };
}
