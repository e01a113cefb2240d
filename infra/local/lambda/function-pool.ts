import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InvokeResult, Log, Meter } from '../cloud-parts.ts';
import type { Tally } from '../watching/hourly-sums.ts';
import { loadingFailed, STOPPED, THROTTLED } from './failed-invocations.ts';
import type { FunctionSettings } from './function-settings.ts';
import { THREAD_LOST } from './function-thread.ts';
import type { FunctionThreads } from './function-threads.ts';
import type { FunctionWorker } from './function-worker.ts';
import type { Lane, MachineSlots } from './machine-slots.ts';
import { tallyInvocation } from './tally-invocation.ts';
import { type Endpoints, workerEnvironment } from './worker-environment.ts';

/** The parts and limits that all pools share. */
export interface PoolPlace {
  readonly region: string;
  readonly logDir: string;
  readonly meter: Meter;
  readonly tally: Tally;
  readonly log: Log;
  /** The addresses of the engines for the worker with this id. */
  endpoints(workerId: string): Endpoints;
  /**
   * Whether one more worker may start now. If there is no room for the first worker of a function, it stops an idle
   * worker of another function, if it can.
   */
  admit(isFirst: boolean): boolean;
  /** The right to run or to start, which all functions share. */
  readonly slots: MachineSlots;
  /** The side of the machine's work to which this function belongs. */
  readonly lane: Lane;
  readonly threads: FunctionThreads;
  started(worker: FunctionWorker): void;
  stopped(worker: FunctionWorker): void;
}

/** The warm workers of one function, and the invocations that wait for a free worker. */
export interface FunctionPool {
  readonly settings: FunctionSettings;
  invoke(event: unknown): Promise<InvokeResult>;
  /** The number of invocations that run or wait. */
  busy(): number;
  /** Stops the worker that has been idle longest. Gives false when no worker is idle. */
  evict(): boolean;
  /**
   * The time when a worker last became idle, in milliseconds of the process clock; Infinity when no worker is idle.
   */
  idleSince(): number;
  /** Every invocation that starts from now on uses the handler in this file. */
  reload(codeFile: string): void;
  /** Ends invocations that run or wait with an error, as any later one. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly eventJson: string;
  /** Whether it ran before and was lost with its thread. */
  readonly isRepeated?: boolean;
  resolve(result: InvokeResult): void;
}
interface IdleWorker {
  readonly worker: FunctionWorker;
  readonly since: number;
}

// One worker answers most functions soon enough, and its code is compiled once. More workers start only for functions
// whose invocations have to wait, for example because they call a slow partner.
const promptWorkers = 1;
const patienceMs = 400;

/** Makes the pool of one function. Workers start when an invocation first needs them. */
export function createFunctionPool(declared: FunctionSettings, place: PoolPlace): FunctionPool {
  return new WorkerPool(declared, place);
}

class WorkerPool implements FunctionPool {
  #settings: FunctionSettings;
  readonly #place: PoolPlace;
  #generation = 0;
  #limit: number;
  #starting = 0;
  #running = 0;
  #patience: NodeJS.Timeout | undefined;
  #isStopped = false;
  readonly #retry = () => this.#dispatch();
  readonly #waiting: Waiting[] = [];
  readonly #idle: IdleWorker[] = [];
  /** The workers, each with the generation of its code. */
  readonly #workers = new Map<FunctionWorker, number>();

  constructor(declared: FunctionSettings, place: PoolPlace) {
    this.#settings = declared;
    this.#place = place;
    this.#limit = Math.min(declared.reservedConcurrency ?? promptWorkers, promptWorkers);
  }

  get settings(): FunctionSettings {
    return this.#settings;
  }

  invoke(event: unknown): Promise<InvokeResult> {
    if (this.#isStopped) return Promise.resolve(STOPPED);
    const reserved = this.#settings.reservedConcurrency;
    if (reserved !== undefined && this.busy() >= reserved) return Promise.resolve(THROTTLED);
    return new Promise((resolve) => {
      this.#waiting.push({ eventJson: JSON.stringify(event ?? null), resolve });
      this.#dispatch();
    });
  }

  busy(): number {
    return this.#running + this.#waiting.length;
  }

  idleSince(): number {
    return this.#idle[0]?.since ?? Number.POSITIVE_INFINITY;
  }

  evict(): boolean {
    const oldest = this.#idle.shift();
    if (oldest === undefined) return false;
    this.#retire(oldest.worker);
    return true;
  }

  reload(codeFile: string): void {
    this.#settings = { ...this.#settings, codeFile };
    this.#generation += 1;
    for (const { worker } of this.#idle.splice(0)) this.#retire(worker);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#patience);
    for (const { resolve } of this.#waiting.splice(0)) resolve(STOPPED);
    const stopping = [...this.#workers.keys()];
    this.#workers.clear();
    this.#idle.length = 0;
    const { errorType, errorMessage } = STOPPED.error;
    await Promise.all(stopping.map((worker) => worker.kill(errorType, errorMessage)));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const free = this.#idle.at(-1);
      if (free === undefined) break;
      if (free.worker.alive() && !this.#place.slots.take(this.#place.lane, this.#retry)) return;
      this.#idle.pop();
      if (!free.worker.alive()) this.#forget(free.worker);
      else void this.#run(free.worker, this.#waiting.shift() as Waiting);
    }
    while (this.#waiting.length > this.#starting && this.#mayStart()) {
      if (!this.#place.slots.take(this.#place.lane, this.#retry)) return;
      void this.#start();
    }
    if (this.#waiting.length > 0 && this.#patience === undefined)
      this.#patience = setTimeout(() => this.#grow(), patienceMs);
  }

  #mayStart(): boolean {
    return this.#workers.size < this.#limit && this.#place.admit(this.#workers.size === 0);
  }

  #grow(): void {
    this.#patience = undefined;
    // When the machine has no slot or no time left, another worker would only take it from the others.
    const { slots, threads } = this.#place;
    const { maxCopies } = threads;
    if (this.#waiting.length > 0 && !slots.areTaken() && !threads.areBusy())
      this.#limit = Math.min(this.#limit + 1, this.#settings.reservedConcurrency ?? maxCopies, maxCopies);
    this.#dispatch();
  }

  async #start(): Promise<void> {
    const [settings, place] = [this.#settings, this.#place];
    const worker = spawn(settings, place);
    this.#workers.set(worker, this.#generation);
    place.started(worker);
    this.#starting += 1;
    try {
      const coldMs = await worker.ready;
      // Lambda bills the initialisation of a worker at the price of an invocation's duration.
      meterDuration(settings, place.meter, coldMs);
      place.log({ level: 'info', source: settings.name, message: 'cold start', detail: { coldMs } });
      this.#starting -= 1;
      this.#place.slots.release(this.#place.lane);
      this.#release(worker);
    } catch (error) {
      this.#starting -= 1;
      this.#place.slots.release(this.#place.lane);
      this.#forget(worker);
      // It was stopped while it was loaded: the log may be gone, and nobody waits.
      if (this.#isStopped) return;
      const failed = loadingFailed(error, settings, place.log);
      this.#waiting.shift()?.resolve(failed);
      this.#dispatch();
    }
  }

  async #run(worker: FunctionWorker, waiting: Waiting): Promise<void> {
    this.#running += 1;
    const { eventJson } = waiting;
    const result = await runOn(worker, { settings: this.#settings, place: this.#place, eventJson });
    this.#running -= 1;
    // An invocation that was lost with its thread has crashed, as at Lambda. Its caller would repeat it.
    const isLost = result.error?.errorType === THREAD_LOST && waiting.isRepeated !== true;
    if (isLost) this.#waiting.unshift({ ...waiting, isRepeated: true });
    this.#release(worker);
    this.#place.slots.release(this.#place.lane);
    if (!isLost) waiting.resolve(result);
  }

  #release(worker: FunctionWorker): void {
    if (!worker.alive()) this.#forget(worker);
    else if (this.#workers.get(worker) !== this.#generation) this.#retire(worker);
    else this.#idle.push({ worker, since: performance.now() });
    this.#dispatch();
  }

  #retire(worker: FunctionWorker): void {
    this.#forget(worker);
    void worker.kill('Sandbox.Retired', 'the worker was retired');
  }

  #forget(worker: FunctionWorker): void {
    if (this.#workers.delete(worker)) this.#place.stopped(worker);
  }
}

function spawn(settings: FunctionSettings, place: PoolPlace): FunctionWorker {
  const id = `w${randomUUID()}`;
  const cut = settings.handler.lastIndexOf('.');
  const { region } = place;
  const environment = workerEnvironment(settings, { region, workerId: id, endpoints: place.endpoints(id) });
  const input = {
    handlerUrl: pathToFileURL(settings.codeFile).href,
    exportName: settings.handler.slice(cut + 1),
    functionName: settings.name,
    functionArn: settings.arn,
    memoryMb: settings.memoryMb,
    logFile: join(place.logDir, `${settings.name}.log`),
  };
  return place.threads.load({ id, environment, input }, settings.memoryMb);
}

interface Invocation {
  readonly settings: FunctionSettings;
  readonly place: PoolPlace;
  readonly eventJson: string;
}

/** Runs one invocation. Counts the units that Lambda and CloudWatch Logs bill for it. */
async function runOn(
  worker: FunctionWorker,
  { settings, place, eventJson }: Invocation,
): Promise<InvokeResult> {
  const deadlineMs = Date.now() + settings.timeoutMs;
  const { loggedBytes, ...result } = await worker.run(
    [randomUUID(), eventJson, deadlineMs],
    settings.timeoutMs,
  );
  const logBytes = loggedBytes + (settings.platformLines ? platformLineBytes : 0);
  place.meter('lambda.requests', 1);
  meterDuration(settings, place.meter, result.durationMs);
  place.meter('logs.bytes', logBytes);
  tallyInvocation(settings, place.tally, { durationMs: result.durationMs, logBytes });
  if (result.error !== undefined) {
    const { errorType, errorMessage } = result.error;
    place.log({ level: 'warn', source: settings.name, message: `${errorType}: ${errorMessage}` });
    if (!settings.platformLines) appendReport(join(place.logDir, `${settings.name}.log`), errorType);
  }
  return result;
}

/** Writes the line that Lambda writes in the JSON format for an invocation that failed. */
function appendReport(file: string, errorType: string): void {
  const status = statusOf(errorType);
  const line = { time: new Date().toISOString(), type: 'platform.report', record: { status, errorType } };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

function statusOf(errorType: string): 'timeout' | 'failure' | 'error' {
  if (errorType === 'Sandbox.Timedout') return 'timeout';
  return /^(Runtime|Sandbox)\./.test(errorType) ? 'failure' : 'error';
}

function meterDuration({ memoryMb }: FunctionSettings, meter: Meter, durationMs: number): void {
  meter('lambda.mbMs', Math.max(1, Math.ceil(durationMs)) * memoryMb);
}

// The size of the START, END and REPORT lines of one invocation in text format. CloudWatch Logs bills these bytes as
// ingested.
const platformLineBytes = 260;
