import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { InvokeResult } from '../cloud-parts.ts';
import type { WorkerAnswer, WorkerCall, WorkerInput } from './worker.ts';

/** One warm copy of a function: a thread of its own that runs one invocation at a time. */
export interface FunctionWorker {
  readonly id: string;
  /** Resolves with the loading time in milliseconds when the bundle is loaded. Rejects when it cannot be loaded. */
  readonly ready: Promise<number>;
  /** Runs one invocation. Call it only after the earlier invocation has ended. Never rejects. */
  run(call: WorkerCall, timeoutMs: number): Promise<WorkerResult>;
  /** Whether the worker can run another invocation. */
  alive(): boolean;
  /** Stops the thread at once. An invocation that it runs ends with this error. */
  kill(errorType: string, errorMessage: string): Promise<void>;
}

/** The result of an invocation, and the number of bytes that it logged. */
interface WorkerResult extends InvokeResult {
  readonly loggedBytes: number;
}

/** The settings that a worker thread needs besides its input. */
export interface WorkerOptions {
  readonly id: string;
  readonly input: WorkerInput;
  readonly environment: Record<string, string>;
  readonly memoryMb: number;
}

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

/** Starts a worker thread. The thread does not get the environment of this process. */
export function startWorker({ id, input, environment, memoryMb }: WorkerOptions): FunctionWorker {
  const started = performance.now();
  const thread = new Worker(bootstrapUrl(), {
    name: input.functionName,
    env: environment,
    workerData: input,
    execArgv: [],
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  let alive = true;
  let settle: ((result: WorkerResult) => void) | undefined;
  let startedRunning = 0;

  const fail = (errorType: string, errorMessage: string): void => {
    alive = false;
    const durationMs = performance.now() - startedRunning;
    settle?.({ payload: null, error: { errorType, errorMessage }, durationMs, loggedBytes: 0 });
    settle = undefined;
  };

  const ready = new Promise<number>((resolve, reject) => {
    thread.on('message', (message: 'ready' | WorkerAnswer) => {
      if (message === 'ready') return resolve(performance.now() - started);
      const [, ok, payloadJson, durationMs, loggedBytes] = message;
      const payload: unknown = JSON.parse(payloadJson);
      settle?.(
        ok
          ? { payload, durationMs, loggedBytes }
          : { payload, error: errorOf(payload), durationMs, loggedBytes },
      );
      settle = undefined;
    });
    thread.on('error', (error: unknown) => {
      const { errorType, errorMessage } = errorOfThread(error);
      fail(errorType, errorMessage);
      reject(new Error(`${errorType}: ${errorMessage}`));
    });
    thread.on('exit', (code) => {
      fail('Runtime.ExitError', `the function exited with code ${code}`);
      reject(new Error(`the function exited with code ${code} while it was loaded`));
    });
  });
  // Callers that wait for `ready` see the rejection. Without this handler, a worker that nobody waits for would end
  // the process when it is stopped.
  ready.catch(() => undefined);

  return {
    id,
    ready,
    alive: () => alive,
    run: (call, timeoutMs) =>
      new Promise((resolve) => {
        startedRunning = performance.now();
        const timer = setTimeout(() => {
          const seconds = (timeoutMs / 1000).toFixed(2);
          fail('Sandbox.Timedout', `RequestId: ${call[0]} Error: Task timed out after ${seconds} seconds`);
          void thread.terminate();
        }, timeoutMs);
        settle = (result) => {
          clearTimeout(timer);
          resolve(result);
        };
        thread.postMessage(call);
      }),
    kill: async (errorType, errorMessage) => {
      fail(errorType, errorMessage);
      await thread.terminate();
    },
  };
}

function errorOf(payload: unknown): { errorType: string; errorMessage: string } {
  const { errorType, errorMessage } = payload as { errorType: string; errorMessage: string };
  return { errorType, errorMessage };
}

function errorOfThread(error: unknown): { errorType: string; errorMessage: string } {
  if (!(error instanceof Error)) return { errorType: 'Runtime.UnhandledError', errorMessage: String(error) };
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { errorType: outOfMemory ? 'Runtime.OutOfMemory' : error.name, errorMessage: error.message };
}
