import { resolve } from 'node:path';
import type { Counts } from '../../shared/usage/bill.ts';
import type { InvokeResult, Log, Resource } from './cloud-parts.ts';
import type { FaultRates } from './faults/create-strike.ts';
import { fileLog } from './file-log.ts';
import { holdFreePort } from './find-free-port.ts';
import { startAwsEndpoint } from './front/aws-endpoint.ts';
import { createEventBus } from './front/event-bus.ts';
import { type Mount, startHttpApi } from './front/http-api.ts';
import { createJobsMount } from './front/local-jobs.ts';
import { createUnitsMount } from './front/local-units.ts';
import { startScheduler } from './front/scheduler.ts';
import { openDeliveryStreams } from './lake/delivery-streams.ts';
import { openObjectStore, s3Path } from './lake/object-store.ts';
import type { FunctionFiles } from './lambda/build-functions.ts';
import { lockData } from './lock-data.ts';
import type { DeadLetter } from './queues/dead-letters.ts';
import type { QueueDepth } from './queues/queue-engine.ts';
import { type Core, startCore } from './start-core.ts';
import { reportStopFailure, stopAll } from './stop-all.ts';
import type { PartitionUnits } from './table/partition-limit.ts';
import { createTableMount } from './table/table-mount.ts';
import { metricDataOperations } from './watching/metric-data.ts';
import type { AlarmState } from './watching/watch.ts';

/** How to start the local cloud. */
export interface LocalCloudOptions {
  /** The folder of the synthesised app, such as `cdk.out`. */
  readonly assemblyDir: string;
  /** The code to run in place of the bundles of the app, for the functions that it lists. */
  readonly files?: FunctionFiles;
  /** The folder for the table, logs, secrets and positions. It is created if it does not exist. */
  readonly dataDir: string;
  /** Port of the HTTP API on 127.0.0.1. With 0 a free port is chosen. */
  readonly port: number;
  /** Variables that are added to the environment of every function, such as the addresses of sandbox partners. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Takes the local cloud's own log. Without it the log goes to a file in the data folder, and errors also to the
   * terminal.
   */
  readonly log?: Log;
  /** Seed of the injected faults. */
  readonly seed?: number;
  /** How often each fault happens, from 0 to 1. Faults that are left out do not happen. */
  readonly faultRates?: FaultRates;
  /**
   * Refuses requests that take more units a second from one partition key. `SERVICE_LIMITS` has DynamoDB's own
   * limits.
   */
  readonly partitionLimit?: PartitionUnits;
  /**
   * When messages of an invocation that crashed become visible again, in place of the visibility timeout of their
   * queue: for runs with injected crashes, which could not wait for it.
   */
  readonly redeliverCrashedAfterMs?: number;
  /** How many function workers may exist at once; each takes 5 to 10 MB. */
  readonly maxWorkers?: number;
  /**
   * The longest time for which batches are gathered: by mappings with a window, and by delivery streams. The default is
   * three seconds.
   */
  readonly gatherMs?: number;
  /** The time by which alarms are evaluated, in milliseconds since 1970. The default is the machine's clock. */
  readonly watchClock?: () => number;
  /** Further paths that answer on the port of the HTTP API. */
  readonly mounts?: readonly Mount[];
}

/** A running local cloud. */
export interface LocalCloud {
  /** The address of the HTTP API, without a trailing slash. */
  readonly url: string;
  /** The address of the table engine. Calls to it are not counted, and no fault happens there. */
  readonly tableUrl: string;
  /** The address of EventBridge and Secrets Manager, for an operator's SDK. */
  readonly awsUrl: string;
  readonly resources: readonly Resource[];
  /** Outputs of each stack, by stack name and output id. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The units counted since the start, by billable unit. */
  counts(): Counts;
  /**
   * Gives an operator's access token with these scopes. The local issuer signs it. Throws when the API trusts another
   * issuer. With a storefront, the token is for the figures of that storefront alone.
   */
  issueToken(scopes: readonly string[], options?: { readonly storefrontId?: string }): Promise<string>;
  /** Whether nothing is running, waiting, delayed or unread. Dead letters are ignored. */
  isQuiescent(): boolean;
  /** Resolves when the cloud is quiescent. Rejects after this time with a description of the unfinished work. */
  settled(withinMs: number): Promise<void>;
  /** Invokes a function by its ARN or its name; never rejects. */
  invoke(functionArn: string, event: unknown): Promise<InvokeResult>;
  /** Runs the schedule with this name or logical id now. */
  runSchedule(name: string): Promise<void>;
  queueDepths(): Record<string, QueueDepth>;
  deadLetters(): DeadLetter[];
  /** Hands over what mappings and delivery streams still gather, so that the lake has everything up to now. */
  flush(): Promise<void>;
  /** The state of each alarm of the templates now. */
  alarms(): AlarmState[];
  /** Uses the handler in this file from the function's next invocation on. */
  reload(functionArn: string, codeFile: string): void;
  /** Refuses new calls, waits for running work to end, and unlocks the data folder. */
  stop(): Promise<void>;
}

/** How long batches for the lake are gathered on one machine. On AWS it is minutes. */
const GATHER_MS = 3_000;

/**
 * Runs a synthesised CDK app on this machine. It runs everything that the templates declare, and nothing else.
 *
 * Throws an Error that says what to do when the templates contain something unknown, when the stored table differs
 * from the declared table, when there is no table engine, or when another process uses the data folder.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  // Functions run in this process, and Lambda's clock is in UTC.
  process.env.TZ = 'UTC';
  const dataDir = resolve(options.dataDir);
  const gatherMs = options.gatherMs ?? GATHER_MS;
  const stops: (() => unknown)[] = [lockData(dataDir)];
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await stopAll(stops);
  };
  try {
    // Until the API listens, no engine nor cloud of this machine may take its port.
    const held = options.port === 0 ? await holdFreePort() : undefined;
    if (held !== undefined) stops.push(held.release);
    const port = held?.port ?? options.port;
    // Errors that are caused by the stop itself are logged and not printed.
    const log = options.log ?? fileLog(dataDir, 'local-cloud.log', () => !isStopping);
    const core = await startCore({
      ...options,
      gatherMs,
      assemblyDir: resolve(options.assemblyDir),
      dataDir,
      port,
      log,
    });
    stops.push(core.stop);
    const objects = await openObjectStore(core.parts.resources, { dataDir, log });
    stops.push(objects.stop);
    const deliveries = openDeliveryStreams(core.parts, objects, gatherMs);
    stops.push(deliveries.stop);
    const operations = { ...deliveries.operations, ...metricDataOperations(core.hourly) };
    const endpoint = await startAwsEndpoint(core.parts, createEventBus(core.parts), { operations });
    stops.push(endpoint.stop);
    core.services.add(endpoint.url, endpoint.answer);
    // This address is used for every AWS service. A call to a service that is not run here is refused with the
    // service's name, and no call leaves the machine.
    const s3Url = `http://127.0.0.1:${port}${s3Path}`;
    await core.startMappings({ AWS_ENDPOINT_URL: endpoint.url, AWS_ENDPOINT_URL_S3: s3Url });
    // Running work needs the endpoint until it ends, so the core drains before the endpoint stops.
    stops.push(() => core.drain());
    const scheduler = startScheduler(core.parts);
    stops.push(() => scheduler.stop());
    const mounts = [
      ...(options.mounts ?? []),
      core.watch.mount,
      objects.mount,
      createTableMount(core.tableUrl),
      createUnitsMount(core.counts),
      createJobsMount(core.parts),
    ];
    const listen = () => startHttpApi(core.parts, mounts);
    const api = await (held === undefined ? listen() : held.use(listen));
    stops.push(api.stop);
    core.watch.start();
    return {
      url: api.url.replace(/\/$/, ''),
      tableUrl: core.tableUrl,
      awsUrl: endpoint.url,
      resources: core.parts.resources,
      outputs: core.assembly.outputs,
      counts: core.counts,
      issueToken: async (scopes, options) => {
        if (api.issuer === undefined) throw new Error('the API does not trust the local issuer');
        return api.issuer.issueToken(scopes, options);
      },
      isQuiescent: core.isQuiescent,
      settled: (withinMs) => settled(core, withinMs),
      invoke: core.parts.invoke,
      runSchedule: (name) => scheduler.runNow(name),
      queueDepths: core.queueDepths,
      deadLetters: core.deadLetters,
      flush: async () => {
        await core.flush();
        await deliveries.flush();
      },
      alarms: core.watch.alarms,
      reload: core.functions.reload,
      stop,
    };
  } catch (error) {
    await stop().catch(reportStopFailure);
    throw error;
  }
}

async function settled(core: Core, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!core.isQuiescent()) {
    if (Date.now() > end) throw new Error(`still under way after ${withinMs} ms: ${core.underWay()}`);
    await new Promise((next) => setTimeout(next, 2));
  }
}
