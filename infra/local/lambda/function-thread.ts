import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { createFunctionWorker, type FunctionWorker, type LoadedWorker } from './function-worker.ts';
import type { ThreadAnswer, ThreadCall } from './thread-http-handler.ts';
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
/**
 * The memory for short-lived objects of a thread. With 16 MB a seventh of the time of the threads went to collecting
 * garbage. Node's own default of 48 MB makes each thread larger, not faster.
 */
const YOUNG_MB = 32;
/** How long a measured utilisation holds, in milliseconds. */
const MOMENT_MS = 200;

let bootstrap: URL | undefined;

// The types are stripped here once. Otherwise each thread would load the stripper, which takes longer than loading
// most bundles.
function bootstrapUrl(): URL {
  if (bootstrap === undefined) {
    const source = stripTypeScriptTypes(readFileSync(new URL('./worker.ts', import.meta.url), 'utf8'));
    bootstrap = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  }
  return bootstrap;
}

/** Starts a thread with at most this memory. The thread does not get the environment of this process. */
export function startThread(name: string, memoryMb: number, services: ThreadServices): FunctionThread {
  return new RunningThread(name, memoryMb, services);
}

class RunningThread implements FunctionThread {
  readonly #thread: Worker;
  readonly #loaded = new Map<string, LoadedWorker>();
  #isAlive = true;
  #isCondemned = false;
  #dropped = 0;
  #measuredAt = 0;
  #measured: EventLoopUtilization | undefined;
  #utilisation = 0;

  constructor(name: string, memoryMb: number, services: ThreadServices) {
    const { port1, port2 } = new MessageChannel();
    this.#thread = new Worker(bootstrapUrl(), {
      name,
      env: {},
      execArgv: [],
      argv: [],
      workerData: { calls: port2 },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const answers = answersTo(port1);
    port1.on('message', (calls: readonly ThreadCall[]) => {
      for (const call of calls)
        void services.answer(call).then((answer) => answers([call[0], answer?.status, answer?.text]));
    });
    // The port ends with the thread. Until then it keeps this process no longer than the thread does.
    port1.unref();
    this.#thread.on('message', (report: ThreadReport) => this.#take(report));
    this.#thread.on('error', (error: unknown) => this.#lose(errorOfThread(error)));
    this.#thread.on('exit', (code) =>
      this.#lose({ errorType: 'Runtime.ExitError', errorMessage: `the function exited with code ${code}` }),
    );
  }

  load({ id, input, environment }: WorkerOptions): FunctionWorker {
    const loaded = createFunctionWorker(id, {
      send: (call) => this.#thread.postMessage(['call', id, call]),
      isUsable: () => this.#isAlive && !this.#isCondemned,
      drop: (wasRunning) => this.#drop(id, wasRunning),
    });
    this.#loaded.set(id, loaded);
    this.#thread.postMessage(['load', id, input, environment]);
    return loaded.worker;
  }

  accepts(): boolean {
    return this.#isAlive && !this.#isCondemned && this.#dropped < MAX_DROPPED;
  }

  size(): number {
    return this.#loaded.size;
  }

  utilisation(): number {
    const now = performance.now();
    if (now - this.#measuredAt < MOMENT_MS) return this.#utilisation;
    const measured = this.#thread.performance.eventLoopUtilization();
    const { utilization } = this.#thread.performance.eventLoopUtilization(measured, this.#measured);
    [this.#measuredAt, this.#measured, this.#utilisation] = [now, measured, utilization];
    return utilization;
  }

  #take(report: ThreadReport): void {
    const loaded = this.#loaded.get(report[1]);
    if (report[0] === 'failed') {
      this.#loaded.delete(report[1]);
      this.#dropped += 1;
    }
    loaded?.report(report);
    void this.#endIfUnused();
  }

  // The code of a function that is stopped in the middle of an invocation can only be stopped with its thread.
  async #drop(id: string, wasRunning: boolean): Promise<void> {
    this.#loaded.delete(id);
    this.#dropped += 1;
    if (wasRunning) this.#condemn();
    else if (this.#isAlive) this.#thread.postMessage(['drop', id]);
    await this.#endIfUnused();
  }

  #condemn(): void {
    if (this.#isCondemned) return;
    this.#isCondemned = true;
    setTimeout(() => void this.#thread.terminate(), GRACE_MS).unref();
  }

  async #endIfUnused(): Promise<void> {
    const isUsed = [...this.#loaded.values()].some(({ isRunning }) => !this.#isCondemned || isRunning());
    if (isUsed || (!this.#isCondemned && this.#dropped === 0)) return;
    // From now on nothing is loaded here, although the thread ends only a moment later.
    this.#isCondemned = true;
    await this.#thread.terminate();
  }

  /** The thread has ended. If it ran one invocation, the error is that invocation's; of several nobody knows whose. */
  #lose(error: { errorType: string; errorMessage: string }): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    const lost = [...this.#loaded.values()];
    this.#loaded.clear();
    const isCertain = lost.length === 1 || lost.filter(({ isRunning }) => isRunning()).length === 1;
    const message = `another invocation ended the thread: ${error.errorMessage}`;
    for (const { fail } of lost)
      fail(isCertain && !this.#isCondemned ? error : { errorType: THREAD_LOST, errorMessage: message });
  }
}

/** Sends answers to a thread, those of one moment in one message: a message costs more than what is in it. */
function answersTo(port: MessagePort): (answer: ThreadAnswer) => void {
  let together: ThreadAnswer[] = [];
  return (answer) => {
    together.push(answer);
    if (together.length > 1) return;
    setImmediate(() => {
      const answers = together;
      together = [];
      port.postMessage(answers);
    });
  };
}

/** The error type of an invocation that ended because its thread had to be stopped for another one. */
export const THREAD_LOST = 'Sandbox.ThreadLost';

function errorOfThread(error: unknown): { errorType: string; errorMessage: string } {
  if (!(error instanceof Error)) return { errorType: 'Runtime.UnhandledError', errorMessage: String(error) };
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { errorType: outOfMemory ? 'Runtime.OutOfMemory' : error.name, errorMessage: error.message };
}
