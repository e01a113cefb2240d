import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InvokeResult, Log, Meter } from '../cloud-parts.ts';
import { type FunctionSettings, handlerFile } from './function-settings.ts';
import { type FunctionWorker, startWorker } from './start-worker.ts';
import { type Endpoints, workerEnvironment } from './worker-environment.ts';

/** What every pool shares. */
export interface PoolPlace {
  readonly region: string;
  readonly logDir: string;
  readonly meter: Meter;
  readonly log: Log;
  /** Where the engines answer the worker with this id. */
  endpoints(workerId: string): Endpoints;
  /** Whether one more worker may start now; makes room by stopping an idle one elsewhere if it can. */
  admit(): boolean;
  started(worker: FunctionWorker): void;
  stopped(worker: FunctionWorker): void;
}

/** The warm workers of one function and the invocations that wait for one. */
export interface FunctionPool {
  readonly settings: FunctionSettings;
  invoke(event: unknown): Promise<InvokeResult>;
  /** Invocations running or waiting. */
  busy(): number;
  /** Stops the worker that has been idle longest; false when none is idle. */
  evict(): boolean;
  /** When a worker last became idle, in milliseconds of the process clock; Infinity when none is. */
  idleSince(): number;
  /** Uses the code in this folder for every invocation that starts from now on. */
  reload(assetPath: string): void;
  stop(): Promise<void>;
}

interface Waiting {
  readonly eventJson: string;
  resolve(result: InvokeResult): void;
}
interface IdleWorker {
  readonly worker: FunctionWorker;
  readonly since: number;
}

// Invocations mostly wait for the table, so a few workers keep two cores busy; more of them start only for
// functions whose invocations really wait, as those that call a slow partner do.
const promptWorkers = 4;
const patienceMs = 100;
const maxWorkers = 32;

/** Makes the pool of one function. Workers start when they are first needed. */
export function createFunctionPool(declared: FunctionSettings, place: PoolPlace): FunctionPool {
  let settings = declared;
  let generation = 0;
  let limit = Math.min(settings.reservedConcurrency ?? promptWorkers, promptWorkers);
  let starting = 0;
  let running = 0;
  let patience: NodeJS.Timeout | undefined;
  const waiting: Waiting[] = [];
  const idle: IdleWorker[] = [];
  const workers = new Map<FunctionWorker, number>();

  function dispatch(): void {
    while (waiting.length > 0) {
      const free = idle.pop();
      if (free === undefined) break;
      if (!free.worker.alive()) forget(free.worker);
      else void run(free.worker, waiting.shift() as Waiting);
    }
    while (waiting.length > starting && workers.size < limit && place.admit()) void start();
    if (waiting.length > 0 && patience === undefined) patience = setTimeout(grow, patienceMs);
  }

  function grow(): void {
    patience = undefined;
    if (waiting.length > 0) {
      limit = Math.min(limit + 1, settings.reservedConcurrency ?? maxWorkers, maxWorkers);
    }
    dispatch();
  }

  async function start(): Promise<void> {
    const id = `w${randomUUID()}`;
    const cut = settings.handler.lastIndexOf('.');
    const url = pathToFileURL(handlerFile(settings));
    const worker = startWorker({
      id,
      memoryMb: settings.memoryMb,
      environment: workerEnvironment(settings, {
        region: place.region,
        workerId: id,
        endpoints: place.endpoints(id),
      }),
      input: {
        handlerUrl: url.href,
        exportName: settings.handler.slice(cut + 1),
        functionName: settings.name,
        functionArn: settings.arn,
        memoryMb: settings.memoryMb,
        logFile: join(place.logDir, `${settings.name}.log`),
      },
    });
    workers.set(worker, generation);
    place.started(worker);
    starting += 1;
    try {
      const coldMs = await worker.ready;
      // Lambda bills the initialisation of a worker like an invocation's own time.
      meterDuration(coldMs);
      place.log({ level: 'info', source: settings.name, message: 'cold start', detail: { coldMs } });
      starting -= 1;
      release(worker);
    } catch (error) {
      starting -= 1;
      forget(worker);
      const errorMessage = (error as Error).message;
      place.log({ level: 'error', source: settings.name, message: `cannot be loaded: ${errorMessage}` });
      waiting
        .shift()
        ?.resolve({ payload: null, error: { errorType: 'Runtime.InitError', errorMessage }, durationMs: 0 });
      dispatch();
    }
  }

  async function run(worker: FunctionWorker, { eventJson, resolve }: Waiting): Promise<void> {
    running += 1;
    const deadlineMs = Date.now() + settings.timeoutMs;
    const { loggedBytes, ...result } = await worker.run(
      [randomUUID(), eventJson, deadlineMs],
      settings.timeoutMs,
    );
    running -= 1;
    place.meter('lambda.requests', 1);
    meterDuration(result.durationMs);
    place.meter('logs.bytes', loggedBytes + (settings.platformLines ? platformLineBytes : 0));
    if (result.error !== undefined) {
      const { errorType, errorMessage } = result.error;
      place.log({ level: 'warn', source: settings.name, message: `${errorType}: ${errorMessage}` });
    }
    release(worker);
    resolve(result);
  }

  function meterDuration(durationMs: number): void {
    place.meter('lambda.mbMs', Math.max(1, Math.ceil(durationMs)) * settings.memoryMb);
  }

  function release(worker: FunctionWorker): void {
    if (!worker.alive()) forget(worker);
    else if (workers.get(worker) !== generation) retire(worker);
    else idle.push({ worker, since: performance.now() });
    dispatch();
  }

  function retire(worker: FunctionWorker): void {
    forget(worker);
    void worker.kill('Sandbox.Retired', 'the worker was retired');
  }

  function forget(worker: FunctionWorker): void {
    if (workers.delete(worker)) place.stopped(worker);
  }

  return {
    get settings() {
      return settings;
    },
    invoke: (event) => {
      const reserved = settings.reservedConcurrency;
      if (reserved !== undefined && running + waiting.length >= reserved) {
        const error = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
        return Promise.resolve({ payload: null, error, durationMs: 0 });
      }
      return new Promise((resolve) => {
        waiting.push({ eventJson: JSON.stringify(event ?? null), resolve });
        dispatch();
      });
    },
    busy: () => running + waiting.length,
    idleSince: () => idle[0]?.since ?? Number.POSITIVE_INFINITY,
    evict: () => {
      const oldest = idle.shift();
      if (oldest === undefined) return false;
      retire(oldest.worker);
      return true;
    },
    reload: (assetPath) => {
      settings = { ...settings, assetPath };
      handlerFile(settings);
      generation += 1;
      for (const { worker } of idle.splice(0)) retire(worker);
    },
    stop: async () => {
      clearTimeout(patience);
      const stopping = [...workers.keys()];
      workers.clear();
      idle.length = 0;
      await Promise.all(stopping.map((worker) => worker.kill('Sandbox.Stopped', 'the local cloud stopped')));
    },
  };
}

// START, END and REPORT lines of one invocation in the text format, which CloudWatch Logs bills as ingested.
const platformLineBytes = 260;
