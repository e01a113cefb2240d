import type { InvokeResult } from '../cloud-parts.ts';
import type { ThreadReport, WorkerCall } from './worker.ts';

/** One warm copy of a function: a module of its own in a thread. It runs one invocation at a time. */
export interface FunctionWorker {
  readonly id: string;
  /** Resolves with the loading time in milliseconds when the bundle is loaded. Rejects when it cannot be loaded. */
  readonly ready: Promise<number>;
  /** Runs one invocation. Call it only after the earlier invocation has ended. Never rejects. */
  run(call: WorkerCall, timeoutMs: number): Promise<WorkerResult>;
  /** Whether the worker can run another invocation. */
  alive(): boolean;
  /** Stops the worker at once. An invocation that it runs ends with this error. */
  kill(errorType: string, errorMessage: string): Promise<void>;
}

/** The result of an invocation, and the number of bytes that it logged. */
interface WorkerResult extends InvokeResult {
  readonly loggedBytes: number;
}

interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** A worker as its thread sees it. */
export interface LoadedWorker {
  readonly worker: FunctionWorker;
  isRunning(): boolean;
  report(report: ThreadReport): void;
  fail(failure: Failure): void;
}

/** The thread as a worker sees it. */
export interface WorkerPlace {
  send(call: WorkerCall): void;
  isUsable(): boolean;
  /** Takes the worker out of the thread. `wasRunning`: its invocation has to be stopped. */
  drop(wasRunning: boolean): Promise<void>;
}

/** Makes the worker of a function that a thread is loading. */
export function createFunctionWorker(id: string, place: WorkerPlace): LoadedWorker {
  const created = performance.now();
  const loading = Promise.withResolvers<number>();
  // Callers that wait for `ready` see the rejection. Without this handler, a worker that nobody waits for would end
  // the process when it is stopped.
  loading.promise.catch(() => undefined);
  let isFailed = false;
  let settle: ((result: WorkerResult) => void) | undefined;
  let startedRunning = 0;

  const end = (result: WorkerResult): void => {
    const ended = settle;
    settle = undefined;
    ended?.(result);
  };
  const fail = (error: Failure): void => {
    isFailed = true;
    loading.reject(new Error(`${error.errorType}: ${error.errorMessage}`));
    end({ payload: null, error, durationMs: performance.now() - startedRunning, loggedBytes: 0 });
  };
  const stop = async (error: Failure): Promise<void> => {
    if (isFailed) return;
    const wasRunning = settle !== undefined;
    fail(error);
    await place.drop(wasRunning);
  };

  const worker: FunctionWorker = {
    id,
    ready: loading.promise,
    alive: () => !isFailed && place.isUsable(),
    run: (call, timeoutMs) =>
      new Promise((resolve) => {
        startedRunning = performance.now();
        const timer = setTimeout(() => {
          const seconds = (timeoutMs / 1000).toFixed(2);
          const errorMessage = `RequestId: ${call[0]} Error: Task timed out after ${seconds} seconds`;
          void stop({ errorType: 'Sandbox.Timedout', errorMessage });
        }, timeoutMs);
        settle = (result) => {
          clearTimeout(timer);
          resolve(result);
        };
        place.send(call);
      }),
    kill: (errorType, errorMessage) => stop({ errorType, errorMessage }),
  };
  return {
    worker,
    isRunning: () => settle !== undefined,
    fail,
    report: (report) => {
      if (report[0] === 'ready') loading.resolve(performance.now() - created);
      else if (report[0] === 'failed') fail({ errorType: report[2], errorMessage: report[3] });
      else end(resultOf(report));
    },
  };
}

function resultOf([, , ok, payloadJson, durationMs, loggedBytes]: Extract<
  ThreadReport,
  readonly ['answer', ...unknown[]]
>): WorkerResult {
  const payload: unknown = JSON.parse(payloadJson);
  if (ok) return { payload, durationMs, loggedBytes };
  const { errorType, errorMessage } = payload as Failure;
  return { payload, error: { errorType, errorMessage }, durationMs, loggedBytes };
}
