import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly.ts';
import type { Invoke, Log, Meter, Resource } from '../cloud-parts.ts';
import type { Tally } from '../watching/hourly-sums.ts';
import type { FunctionFiles } from './build-functions.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import { readFunctionSettings } from './function-settings.ts';
import { createNativeProcess, createSharedThreads, createThreadForEach } from './function-threads.ts';
import type { FunctionWorker } from './function-worker.ts';
import { createMachineSlots } from './machine-slots.ts';
import { createThreadServices, type ThreadServices } from './thread-services.ts';
import type { Endpoints } from './worker-environment.ts';

/** The parts that are needed to run the functions of an assembly. */
export interface FunctionsOptions {
  readonly assembly: Assembly;
  /** The code to run in place of the bundles of the assembly, for the functions that are listed. */
  readonly files?: FunctionFiles | undefined;
  readonly region: string;
  readonly dataDir: string;
  /** Variables that are added to the environment of every function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly meter: Meter;
  readonly tally?: Tally;
  readonly log: Log;
  /** The addresses of the engines for the worker with this id. Called when the worker starts. */
  endpoints(workerId: string): Endpoints;
  /** The services that functions call by messages. None if absent: then their code has to call over HTTP. */
  readonly services?: ThreadServices;
  /** How many workers of all functions may exist at the same time. Each takes 5 to 10 MB of memory. */
  readonly maxWorkers?: number | undefined;
  /** Gives each worker a thread of its own, so that a crash on purpose meets one invocation only. */
  readonly isolated?: boolean;
  /** How long the process of the functions with native code waits for a next invocation, in milliseconds. */
  readonly nativeIdleMs?: number;
  /** How many threads the functions share. The default is one for each processor, and at least two. */
  readonly threads?: number;
}

/** The functions of an assembly. Each can be invoked. */
export interface Functions {
  /** Invokes a function by its ARN or its name; never rejects. */
  readonly invoke: Invoke;
  /** The number of invocations of all functions that run or wait. */
  busy(): number;
  /** Stops the worker with this id in the middle of its invocation, as a crash would do. */
  kill(workerId: string): void;
  /**
   * Replaces the code of a function by the handler in this file. Each warm worker stops after its current invocation.
   */
  reload(functionArn: string, codeFile: string): void;
  stop(): Promise<void>;
}

/** Reads every function of the assembly and prepares its workers. Throws when a bundle is missing. */
export function runFunctions(options: FunctionsOptions): Functions {
  const logDir = join(options.dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const maxWorkers = options.maxWorkers ?? 64;
  const slots = createMachineSlots();
  const { services = createThreadServices(), isolated = false, nativeIdleMs } = options;
  const inThisProcess = isolated
    ? createThreadForEach(services)
    : createSharedThreads(services, options.threads);
  const inAnother = createNativeProcess(services, { isolated, idleMs: nativeIdleMs });
  const requested = functionsOfRequests(options.assembly.resources);
  const workers = new Map<string, FunctionWorker>();
  const pools = new Map<string, FunctionPool>();

  function admit(isFirst: boolean): boolean {
    if (workers.size < maxWorkers) return true;
    if (!isFirst) return false;
    const [longestIdle] = [...pools.values()].sort((left, right) => left.idleSince() - right.idleSince());
    return longestIdle?.evict() ?? false;
  }

  for (const resource of options.assembly.resources.filter(isFunction)) {
    const declared = readFunctionSettings(resource, options.assembly, options.files);
    const settings = { ...declared, environment: { ...declared.environment, ...options.environment } };
    const pool = createFunctionPool(settings, {
      region: options.region,
      logDir,
      meter: options.meter,
      tally: options.tally ?? (() => {}),
      log: options.log,
      endpoints: options.endpoints,
      admit,
      slots,
      threads: settings.hasNativeCode ? inAnother : inThisProcess,
      lane: requested.has(settings.arn) ? 'request' : 'work',
      started: (worker) => workers.set(worker.id, worker),
      stopped: (worker) => workers.delete(worker.id),
    });
    pools.set(settings.name, pool);
  }

  return {
    invoke: (functionArn, event) => {
      const pool = pools.get(nameOf(functionArn));
      if (pool !== undefined) return pool.invoke(event);
      const error = {
        errorType: 'ResourceNotFoundException',
        errorMessage: `Function not found: ${functionArn}`,
      };
      return Promise.resolve({ payload: null, error, durationMs: 0 });
    },
    busy: () => [...pools.values()].reduce((sum, pool) => sum + pool.busy(), 0),
    kill: (workerId) => {
      void workers.get(workerId)?.kill('Runtime.ExitError', 'the function was killed between two calls');
    },
    reload: (functionArn, codeFile) => {
      const pool = pools.get(nameOf(functionArn));
      if (pool === undefined) throw new Error(`no function has the ARN ${functionArn}`);
      pool.reload(codeFile);
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

function isFunction(resource: Resource): boolean {
  return resource.type === 'AWS::Lambda::Function';
}

/** The functions that an HTTP request waits for: those of routes and of authorizers. */
function functionsOfRequests(resources: readonly Resource[]): ReadonlySet<string> {
  const uris = resources.flatMap(({ type, properties }) => {
    if (type === 'AWS::ApiGatewayV2::Integration') return [String(properties.IntegrationUri)];
    return type === 'AWS::ApiGatewayV2::Authorizer' ? [String(properties.AuthorizerUri)] : [];
  });
  const arns = uris.flatMap((uri) => /arn:[\w-]+:lambda:[\w-]+:\d*:function:[\w-]+/.exec(uri) ?? []);
  return new Set(arns);
}

// A name, or arn:aws:lambda:region:account:function:name, each with a version or alias behind it or without.
function nameOf(called: string): string {
  const parts = called.split(':');
  return parts[called.startsWith('arn:') ? 6 : 0] ?? called;
}
