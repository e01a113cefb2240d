import { resolve } from 'node:path';
import type { InvokeResult, Log, Resource } from './cloud-parts.ts';
import type { FaultRates } from './faults/create-strike.ts';
import { fileLog } from './file-log.ts';
import { findFreePort } from './find-free-port.ts';
import { startAwsEndpoint } from './front/aws-endpoint.ts';
import { createEventBus, type EventBus } from './front/event-bus.ts';
import { type Mount, startHttpApi } from './front/http-api.ts';
import { startScheduler } from './front/scheduler.ts';
import { lockData } from './lock-data.ts';
import type { Counts } from './meter/create-meter.ts';
import type { DeadLetter } from './queues/dead-letters.ts';
import type { QueueDepth } from './queues/queue-engine.ts';
import { startCore } from './start-core.ts';
import { reportStopFailure, stopAll } from './stop-all.ts';
import type { PartitionUnits } from './table/partition-limit.ts';

/** How to start the local cloud. */
export interface LocalCloudOptions {
  /** Folder of the synthesised app, such as `cdk.out`. */
  readonly assemblyDir: string;
  /** Folder for the table, logs, secrets and positions; created when it is not there. */
  readonly dataDir: string;
  /** Port of the HTTP API on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Added to the environment of every function, such as the addresses of sandbox partners. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes the local cloud's own log; without it the log goes to a file in the data folder, errors to the terminal. */
  readonly log?: Log;
  /** Seed of the injected faults. */
  readonly seed?: number;
  /** How often each fault strikes, 0 to 1; none when left out. */
  readonly faultRates?: FaultRates;
  /** Refuses requests that take more units a second from one partition key; `SERVICE_LIMITS` are DynamoDB's own. */
  readonly partitionLimit?: PartitionUnits;
  /**
   * When messages of an invocation that crashed become visible again, in place of the visibility timeout of their
   * queue: for runs with injected crashes, which could not wait for it.
   */
  readonly redeliverCrashedAfterMs?: number;
  /** How many function workers may exist at once; each takes some 20 MB. */
  readonly maxWorkers?: number;
  /** Answers that stand beside those of the HTTP API, on the same port. */
  readonly mounts?: readonly Mount[];
}

/** A running local cloud. */
export interface LocalCloud {
  /** Where the HTTP API answers, without a trailing slash. */
  readonly url: string;
  /** The address of the table engine: nothing is counted and no fault is injected there. */
  readonly tableUrl: string;
  /** Where EventBridge and Secrets Manager answer, for an operator's SDK. */
  readonly awsUrl: string;
  readonly resources: readonly Resource[];
  /** Outputs of each stack, by stack name and output id. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The units counted since the start, by billable unit. */
  counts(): Counts;
  /** An operator's access token with these scopes, from the local issuer. Throws when the API trusts another. */
  issueToken(scopes: readonly string[]): Promise<string>;
  /** Whether nothing is running, waiting, delayed or unread; dead letters aside. */
  isQuiescent(): boolean;
  /** Resolves when it is quiescent; rejects with the unfinished work after this time. */
  settled(withinMs: number): Promise<void>;
  /** Invokes a function by its ARN or its name; never rejects. */
  invoke(functionArn: string, event: unknown): Promise<InvokeResult>;
  /** Runs a schedule by its name or logical id now. */
  runSchedule(name: string): Promise<void>;
  queueDepths(): Record<string, QueueDepth>;
  deadLetters(): DeadLetter[];
  /** Runs the code in this folder from the function's next invocation on. */
  reload(functionArn: string, assetPath: string): void;
  /** Stops accepting calls, lets running work end, and unlocks the data folder. */
  stop(): Promise<void>;
}

/**
 * Runs a synthesised CDK app on this machine: everything that its templates declare, and nothing else.
 *
 * Throws an Error that says what to do when the templates contain something unknown, when the stored table differs from
 * the declared one, when there is no table engine, or when the data folder is in use.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  // Functions run in this process; on Lambda the clock is UTC.
  process.env.TZ = 'UTC';
  const dataDir = resolve(options.dataDir);
  const port = options.port === 0 ? await findFreePort() : options.port;
  const stops: (() => unknown)[] = [lockData(dataDir)];
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await stopAll(stops);
  };
  try {
    // Errors that the stop itself causes are logged, and not printed.
    const log = options.log ?? fileLog(dataDir, 'local-cloud.log', () => !isStopping);
    const core = await startCore({
      ...options,
      assemblyDir: resolve(options.assemblyDir),
      dataDir,
      port,
      log,
    });
    stops.push(core.stop);
    const { bus, busy } = watchBus(createEventBus(core.parts));
    const endpoint = await startAwsEndpoint(core.parts, bus);
    stops.push(endpoint.stop);
    // For every service: a call to one that is not run here is refused by name, and none leaves the machine.
    await core.startMappings({ AWS_ENDPOINT_URL: endpoint.url }, busy);
    // Running work still needs the endpoint above while it ends.
    stops.push(() => core.drain());
    const scheduler = startScheduler(core.parts, bus);
    stops.push(() => scheduler.stop());
    const api = await startHttpApi(core.parts, options.mounts);
    stops.push(api.stop);
    return {
      url: api.url.replace(/\/$/, ''),
      tableUrl: core.tableUrl,
      awsUrl: endpoint.url,
      resources: core.parts.resources,
      outputs: core.assembly.outputs,
      counts: core.counts,
      issueToken: async (scopes) => {
        if (api.issuer === undefined) throw new Error('the API does not trust the local issuer');
        return api.issuer.issueToken(scopes);
      },
      isQuiescent: core.isQuiescent,
      settled: async (withinMs) => {
        const end = Date.now() + withinMs;
        while (!core.isQuiescent()) {
          if (Date.now() > end) throw new Error(`still under way after ${withinMs} ms: ${core.underWay()}`);
          await new Promise((next) => setTimeout(next, 2));
        }
      },
      invoke: core.parts.invoke,
      runSchedule: (name) => scheduler.runNow(name),
      queueDepths: core.queueDepths,
      deadLetters: core.deadLetters,
      reload: core.functions.reload,
      stop,
    };
  } catch (error) {
    await stop().catch(reportStopFailure);
    throw error;
  }
}

// Deliveries of the bus go on after PutEvents has answered; until they end nothing is quiescent.
function watchBus(bus: EventBus): { bus: EventBus; busy(): boolean } {
  let underWay = 0;
  return {
    bus: {
      ...bus,
      putEvents: (entries) => {
        const answer = bus.putEvents(entries);
        underWay += 1;
        void bus.settled().finally(() => {
          underWay -= 1;
        });
        return answer;
      },
    },
    busy: () => underWay > 0,
  };
}
