import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Carrier, CarrierOptions } from './carrier.ts';
import type { ThreadAnswer, ThreadCall } from './thread-http-handler.ts';
import type { ThreadReport } from './worker.ts';

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

/** Starts a thread of this process. The thread does not get the environment of this process. */
export function startThreadCarrier({
  name,
  memoryMb,
  youngMb = YOUNG_MB,
  ...options
}: CarrierOptions & { readonly youngMb?: number }): Carrier {
  const { services, report, lost } = options;
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(bootstrapUrl(), {
    name,
    env: {},
    execArgv: [],
    argv: [],
    workerData: { calls: port2 },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
  });
  const answers = answersTo(port1);
  port1.on('message', (calls: readonly ThreadCall[]) => {
    for (const call of calls)
      void services.answer(call).then((answer) => answers([call[0], answer?.status, answer?.text]));
  });
  // The port ends with the thread. Until then it keeps this process no longer than the thread does.
  port1.unref();
  thread.on('message', (given: ThreadReport) => report(given));
  thread.on('error', (error: unknown) => lost(errorOfThread(error)));
  thread.on('exit', (code) =>
    lost({ errorType: 'Runtime.ExitError', errorMessage: `the function exited with code ${code}` }),
  );
  return {
    send: (request) => thread.postMessage(request),
    end: async () => {
      await thread.terminate();
    },
    utilisation: utilisationOf(thread),
  };
}

function utilisationOf(thread: Worker): () => number {
  let measuredAt = 0;
  let measured: EventLoopUtilization | undefined;
  let utilisation = 0;
  return () => {
    const now = performance.now();
    if (now - measuredAt < MOMENT_MS) return utilisation;
    const next = thread.performance.eventLoopUtilization();
    utilisation = thread.performance.eventLoopUtilization(next, measured).utilization;
    [measuredAt, measured] = [now, next];
    return utilisation;
  };
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

function errorOfThread(error: unknown): { errorType: string; errorMessage: string } {
  if (!(error instanceof Error)) return { errorType: 'Runtime.UnhandledError', errorMessage: String(error) };
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { errorType: outOfMemory ? 'Runtime.OutOfMemory' : error.name, errorMessage: error.message };
}
