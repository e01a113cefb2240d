import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly.ts';
import type { Invoke, Log, Meter, Resource } from '../cloud-parts.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import { readFunctionSettings } from './function-settings.ts';
import { createMachineSlots } from './machine-slots.ts';
import type { FunctionWorker } from './start-worker.ts';
import type { Endpoints } from './worker-environment.ts';

/** The parts that are needed to run the functions of an assembly. */
export interface FunctionsOptions {
  readonly assembly: Assembly;
  readonly region: string;
  readonly dataDir: string;
  /** Variables that are added to the environment of every function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly meter: Meter;
  readonly log: Log;
  /** The addresses of the engines for the worker with this id. Called when the worker starts. */
  endpoints(workerId: string): Endpoints;
  /** How many workers of all functions may exist at the same time. Each takes some 20 MB of memory. */
  readonly maxWorkers?: number;
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
   * Replaces the code of a function by the code in this folder. Each warm worker stops after its current invocation.
   */
  reload(functionArn: string, assetPath: string): void;
  stop(): Promise<void>;
}

/** Reads every function of the assembly and prepares its workers. Throws when a bundle is missing. */
export function runFunctions(options: FunctionsOptions): Functions {
  const logDir = join(options.dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const maxWorkers = options.maxWorkers ?? 64;
  const slots = createMachineSlots();
  const workers = new Map<string, FunctionWorker>();
  const pools = new Map<string, FunctionPool>();

  function admit(): boolean {
    if (workers.size < maxWorkers) return true;
    const [longestIdle] = [...pools.values()].sort((left, right) => left.idleSince() - right.idleSince());
    return longestIdle?.evict() ?? false;
  }

  for (const resource of options.assembly.resources.filter(isFunction)) {
    const declared = readFunctionSettings(resource, options.assembly);
    const settings = { ...declared, environment: { ...declared.environment, ...options.environment } };
    const pool = createFunctionPool(settings, {
      region: options.region,
      logDir,
      meter: options.meter,
      log: options.log,
      endpoints: options.endpoints,
      admit,
      slots,
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
    reload: (functionArn, assetPath) => {
      const pool = pools.get(nameOf(functionArn));
      if (pool === undefined) throw new Error(`no function has the ARN ${functionArn}`);
      pool.reload(assetPath);
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

function isFunction(resource: Resource): boolean {
  return resource.type === 'AWS::Lambda::Function';
}

// A name, or arn:aws:lambda:region:account:function:name, each with a version or alias behind it or without.
function nameOf(called: string): string {
  const parts = called.split(':');
  return parts[called.startsWith('arn:') ? 6 : 0] ?? called;
}
