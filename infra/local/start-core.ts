import type { Counts } from '../../shared/usage/bill.ts';
import { type Assembly, readAssembly } from './assembly/read-assembly.ts';
import type { Log, Parts, QueueByUrl, Resource, SendToQueue } from './cloud-parts.ts';
import { createStrike, type FaultRates } from './faults/create-strike.ts';
import { type Feeding, prepareFeeding } from './feed-functions.ts';
import type { FunctionFiles } from './lambda/build-functions.ts';
import { type Functions, runFunctions } from './lambda/run-functions.ts';
import { createThreadServices, type ThreadServices } from './lambda/thread-services.ts';
import { createMeter } from './meter/create-meter.ts';
import { type DeadLetter, listDeadLetters } from './queues/dead-letters.ts';
import { openMessageFile } from './queues/message-file.ts';
import { createQueues, type LocalQueue, type QueueDepth } from './queues/queue-engine.ts';
import { createTables } from './table/create-tables.ts';
import { createEngineClient } from './table/engine-client.ts';
import { readingFromFile } from './table/file-reads.ts';
import { sendingAll, writingToFile } from './table/file-writes.ts';
import { createItemLocks } from './table/item-locks.ts';
import { keepPositions } from './table/keep-positions.ts';
import { createPartitionLimit, type PartitionUnits } from './table/partition-limit.ts';
import { startEngine, type TableEngine } from './table/start-engine.ts';
import { keysOfTables, type TableKeys } from './table/table-keys.ts';
import { startTableProxy, workerAt } from './table/table-proxy.ts';
import { type HourlySums, openHourlySums } from './watching/hourly-sums.ts';
import { createWatch, type Watch } from './watching/watch.ts';

/** The options of the local cloud's core. */
export interface CoreOptions {
  /** The folder of the synthesised app, such as `cdk.out`. */
  readonly assemblyDir: string;
  /** The code to run in place of the bundles of the app, for the functions that it lists. */
  readonly files?: FunctionFiles;
  /** The folder for the table, logs and positions. The caller must hold its lock. */
  readonly dataDir: string;
  /** Port of the HTTP API. */
  readonly port: number;
  /** Variables that are added to the environment of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly seed?: number;
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
  readonly maxWorkers?: number;
  /** The longest window in which a mapping gathers a batch. As declared if absent. */
  readonly gatherMs?: number;
  /** The time by which alarms are evaluated, in milliseconds since 1970. The default is the machine's clock. */
  readonly watchClock?: () => number;
}

/** The running core: functions, table with streams, queues. */
export interface Core {
  readonly parts: Parts;
  readonly assembly: Assembly;
  readonly functions: Functions;
  readonly watch: Watch;
  /** The services that functions call by messages: the table, and those that are added. */
  readonly services: ThreadServices;
  /** The address of the table engine. Calls to it are not counted, and no fault happens there. */
  readonly tableUrl: string;
  counts(): Counts;
  /** The sums of the metrics that the bill follows from. */
  readonly hourly: HourlySums;
  queueDepths(): Record<string, QueueDepth>;
  deadLetters(): DeadLetter[];
  /** Whether nothing is running, waiting, delayed or unread. Messages in queues without a consumer are ignored. */
  isQuiescent(): boolean;
  /** A description of the unfinished work, for an error message. */
  underWay(): string;
  /** Hands over what mappings with a window have gathered. */
  flush(): Promise<void>;
  /** Waits a few seconds at most for running work to end, and stops feeding functions. */
  drain(): Promise<void>;
  /** Starts feeding functions from streams and queues. The other services must answer at these addresses by then. */
  startMappings(endpoints: Readonly<Record<string, string>>): Promise<void>;
  /** Waits for running work, then stops everything. */
  stop(): Promise<void>;
}

/** How often the sums of metrics are stored. */
const SAVE_MS = 10_000;

/** Starts the core. Throws an Error that lists everything in the templates that the core does not understand. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { dataDir, log, port, redeliverCrashedAfterMs } = options;
  const region = process.env.AWS_REGION ?? 'eu-central-1';
  const assembly = readFor(options, region);
  const { resources } = assembly;
  const { meter, counts } = createMeter();
  const strike = createStrike(options.seed ?? 1, options.faultRates ?? {});
  const file = openMessageFile(dataDir);
  const hourly = openHourlySums(dataDir);
  const { tally } = hourly;
  const queues = await createQueues(resources, { meter, tally, strike, file });
  const depths = () => Object.fromEntries([...queues.values()].map((queue) => [queue.name, queue.depth()]));
  const watch = createWatch({ resources, dataDir, log, depths, now: options.watchClock ?? Date.now });
  const tableEngine = await startEngine(dataDir, log);
  let functions: Functions | undefined;
  let feeding: Feeding | undefined;
  let endpointsElsewhere: Readonly<Record<string, string>> = {};
  const tables = keysOfTables(resources);
  const { engine, calls: tableCalls } = callsTo(tableEngine, tables, region);
  const proxy = await startTableProxy({
    ...{ engine, calls: tableCalls, meter, tally, strike, log },
    observe: watch.observe,
    kill: (workerId) => functions?.kill(workerId),
    onWrite: () => feeding?.wake(),
    partitionLimit: partitionLimit(resources, options.partitionLimit),
    locks: createItemLocks(tables),
  });
  const services = createThreadServices();
  services.add(proxy.url, ({ path, ...call }) => proxy.answer({ ...call, workerId: workerAt(path) }));
  const stopEngines = async (): Promise<void> => {
    await functions?.stop();
    await proxy.stop();
    engine.close();
    await tableEngine.stop();
    file.close();
  };
  try {
    await createTables(resources, engine);
    const running = runFunctions({
      ...{ assembly, region, dataDir, meter, tally, log, services },
      ...limitsOf(options),
      endpoints: (workerId) => ({ ...endpointsElsewhere, AWS_ENDPOINT_URL_DYNAMODB: proxy.urlFor(workerId) }),
    });
    functions = running;
    const calls = { invoke: watch.counting(running.invoke), ...queueCalls(queues), observe: watch.observe };
    const parts = { resources, ...calls, meter, tally, log, strike, dataDir, port };
    const saving = setInterval(hourly.save, SAVE_MS).unref();
    const positions = keepPositions(dataDir, tableEngine.streamStore);
    const { gatherMs } = options;
    const sources = { region, engine, queues, positions, gatherMs };
    const feeds = prepareFeeding({ parts, ...sources, redeliverCrashedAfterMs, invocations: running.busy });
    feeding = feeds;
    return {
      ...{ parts, assembly, counts, hourly, watch, services, functions: running },
      tableUrl: `http://${tableEngine.host}:${tableEngine.port}`,
      queueDepths: depths,
      deadLetters: () => listDeadLetters(queues.values()),
      isQuiescent: feeds.isQuiescent,
      underWay: feeds.underWay,
      flush: feeds.flush,
      drain: feeds.drain,
      startMappings: (endpoints) => {
        endpointsElsewhere = endpoints;
        return feeds.start();
      },
      stop: async () => {
        watch.stop();
        await feeds.drain();
        await stopEngines();
        clearInterval(saving);
        hourly.save();
      },
    };
  } catch (error) {
    await stopEngines();
    throw error;
  }
}

/** The calls to the engine. What is known of our own engine only makes it quicker, and is not used with another one. */
function callsTo(tableEngine: TableEngine, tables: ReadonlyMap<string, TableKeys>, region: string) {
  const client = createEngineClient(tableEngine.host, tableEngine.port, region);
  const { itemStore } = tableEngine;
  if (itemStore === undefined) return { engine: client, calls: sendingAll(client) };
  const engine = readingFromFile(client, itemStore, tables);
  return { engine, calls: writingToFile(engine, itemStore) };
}

function readFor({ assemblyDir, port }: CoreOptions, region: string): Assembly {
  const apiUrl = `http://127.0.0.1:${port}`;
  return readAssembly({ assemblyDir, region, account: '000000000000', apiUrl });
}

/** How functions run: where a fault kills a function in the middle of its work, each has a thread of its own. */
const limitsOf = ({ faultRates, maxWorkers, files, environment = {} }: CoreOptions) => ({
  files,
  environment,
  maxWorkers,
  isolated: (faultRates?.kill ?? 0) > 0,
});

function partitionLimit(resources: readonly Resource[], units: PartitionUnits | undefined) {
  if (units === undefined) return undefined;
  return createPartitionLimit(units, keysOfTables(resources), () => performance.now());
}

function queueCalls(queues: ReadonlyMap<string, LocalQueue>) {
  const sendToQueue: SendToQueue = async (queueArn, body) => {
    const queue = queues.get(queueArn);
    if (queue === undefined) throw new Error(`no queue has the ARN ${queueArn}`);
    queue.send(body);
  };
  const queueByUrl: QueueByUrl = (url) => [...queues.values()].find((queue) => queue.url === url);
  return { sendToQueue, queueByUrl };
}
