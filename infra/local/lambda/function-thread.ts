import type { Carrier, StartCarrier, ThreadLoss } from './carrier.ts';
import { createFunctionWorker, type FunctionWorker, type LoadedWorker } from './function-worker.ts';
import { startProcessCarrier } from './process-carrier.ts';
import { startThreadCarrier } from './thread-carrier.ts';
import type { ThreadServices } from './thread-services.ts';
import type { ThreadReport, WorkerInput } from './worker.ts';

/** A function that a thread loads. */
export interface WorkerOptions {
  readonly id: string;
  readonly input: WorkerInput;
  readonly environment: Record<string, string>;
}

/** A thread that runs functions. */
export interface FunctionThread {
  /** Loads a function. Several loaded functions of one thread run in turn. */
  load(options: WorkerOptions): FunctionWorker;
  /** Whether the thread may load one more function. */
  accepts(): boolean;
  /** The number of functions that the thread has loaded. */
  size(): number;
  /** The part of the last moments in which the thread computed, from 0 to 1. */
  utilisation(): number;
}

// Node never frees a loaded module. After this number of dropped functions a thread loads no more, and ends when its
// last function is dropped.
const MAX_DROPPED = 24;
/** How long the other invocations of a thread may still run when one of them has to be stopped, in milliseconds. */
const GRACE_MS = 1_000;

/** Starts a thread whose functions call these services. */
export type StartThread = (name: string, memoryMb: number, services: ThreadServices) => FunctionThread;

/** Starts a thread of this process with at most this memory. It does not get the environment of this process. */
export const startThread: StartThread = (name, memoryMb, services) =>
  new RunningThread(startThreadCarrier, { name, memoryMb, services });

/** Starts a thread in a process of its own, which ends after it was idle for this time. */
export const startProcess =
  (idleMs: number): StartThread =>
  (name, memoryMb, services) =>
    new RunningThread(startProcessCarrier, { name, memoryMb, services, idleMs });

interface ThreadOptions {
  readonly name: string;
  readonly memoryMb: number;
  readonly services: ThreadServices;
  /** After how long without an invocation the thread ends. Never, if absent. */
  readonly idleMs?: number;
}

class RunningThread implements FunctionThread {
  readonly #carrier: Carrier;
  readonly #loaded = new Map<string, LoadedWorker>();
  readonly #idleMs: number | undefined;
  #idling: NodeJS.Timeout | undefined;
  readonly #loading = new Set<string>();
  #isAlive = true;
  #isCondemned = false;
  #dropped = 0;

  constructor(start: StartCarrier, { idleMs, ...options }: ThreadOptions) {
    this.#idleMs = idleMs;
    this.#carrier = start({
      ...options,
      report: (report) => this.#take(report),
      lost: (loss) => this.#lose(loss),
    });
  }

  load({ id, input, environment }: WorkerOptions): FunctionWorker {
    const loaded = createFunctionWorker(id, {
      send: (call) => {
        clearTimeout(this.#idling);
        this.#carrier.send(['call', id, call]);
      },
      isUsable: () => this.#isAlive && !this.#isCondemned,
      drop: (wasRunning) => this.#drop(id, wasRunning),
    });
    this.#loaded.set(id, loaded);
    this.#loading.add(id);
    clearTimeout(this.#idling);
    this.#carrier.send(['load', id, input, environment]);
    return loaded.worker;
  }

  accepts(): boolean {
    return this.#isAlive && !this.#isCondemned && this.#dropped < MAX_DROPPED;
  }

  size(): number {
    return this.#loaded.size;
  }

  utilisation(): number {
    return this.#carrier.utilisation();
  }

  #take(report: ThreadReport): void {
    const loaded = this.#loaded.get(report[1]);
    if (report[0] !== 'answer') this.#loading.delete(report[1]);
    if (report[0] === 'failed') {
      this.#loaded.delete(report[1]);
      this.#dropped += 1;
    }
    loaded?.report(report);
    this.#endWhenIdle();
    void this.#endIfUnused();
  }

  #endWhenIdle(): void {
    const isIdle =
      this.#loading.size === 0 && ![...this.#loaded.values()].some(({ isRunning }) => isRunning());
    if (this.#idleMs === undefined || !isIdle) return;
    clearTimeout(this.#idling);
    this.#idling = setTimeout(() => {
      this.#isCondemned = true;
      void this.#carrier.end();
    }, this.#idleMs);
    this.#idling.unref();
  }

  // The code of a function that is stopped in the middle of an invocation can only be stopped with its thread.
  async #drop(id: string, wasRunning: boolean): Promise<void> {
    this.#loaded.delete(id);
    this.#loading.delete(id);
    this.#dropped += 1;
    if (wasRunning) this.#condemn();
    else if (this.#isAlive) this.#carrier.send(['drop', id]);
    await this.#endIfUnused();
  }

  #condemn(): void {
    if (this.#isCondemned) return;
    this.#isCondemned = true;
    setTimeout(() => void this.#carrier.end(), GRACE_MS).unref();
  }

  async #endIfUnused(): Promise<void> {
    const isUsed = [...this.#loaded.values()].some(({ isRunning }) => !this.#isCondemned || isRunning());
    if (isUsed || (!this.#isCondemned && this.#dropped === 0)) return;
    // From now on nothing is loaded here, although the thread ends only a moment later.
    this.#isCondemned = true;
    await this.#carrier.end();
  }

  /** The thread has ended. If it ran one invocation, the error is that invocation's; of several nobody knows whose. */
  #lose(error: ThreadLoss): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    clearTimeout(this.#idling);
    const lost = [...this.#loaded.values()];
    this.#loaded.clear();
    const isCertain = lost.length === 1 || lost.filter(({ isRunning }) => isRunning()).length === 1;
    const message = `another invocation ended the thread: ${error.errorMessage}`;
    for (const { fail } of lost)
      fail(isCertain && !this.#isCondemned ? error : { errorType: THREAD_LOST, errorMessage: message });
  }
}

/** The error type of an invocation that ended because its thread had to be stopped for another one. */
export const THREAD_LOST = 'Sandbox.ThreadLost';
