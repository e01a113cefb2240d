import { type Assembly, readAssembly } from './assembly/read-assembly.ts';
import type { Log, Parts, Resource } from './cloud-parts.ts';
import { createStrike, type FaultRates } from './faults/create-strike.ts';
import { type Functions, runFunctions } from './lambda/run-functions.ts';
import { type Counts, createMeter } from './meter/create-meter.ts';
import { type DeadLetter, keepDeadLetters } from './queues/dead-letters.ts';
import { createQueues, type LocalQueue, type QueueDepth } from './queues/queue-engine.ts';
import { type QueueMapping, startQueueMapping } from './queues/queue-mapping.ts';
import { createTables, isTable } from './table/create-tables.ts';
import { createEngineClient } from './table/engine-client.ts';
import { createPartitionLimit } from './table/partition-limit.ts';
import type { StreamPosition } from './table/read-stream.ts';
import { startEngine } from './table/start-engine.ts';
import { type StreamMapping, startStreamMapping } from './table/stream-mapping.ts';
import { openPositions } from './table/stream-positions.ts';
import { startTableProxy } from './table/table-proxy.ts';

/** What the core of the local cloud is started with. */
export interface CoreOptions {
  /** Folder of the synthesised app, such as `cdk.out`. */
  readonly assemblyDir: string;
  /** Folder for the table, logs and positions. The caller holds its lock. */
  readonly dataDir: string;
  /** Port of the HTTP API. */
  readonly port: number;
  /** Added to the environment of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly seed?: number;
  readonly faultRates?: FaultRates;
  /** Refuses writes over this many write units a second per partition key. */
  readonly partitionWriteUnitsPerSecond?: number;
  /** When messages that failed become visible again, in place of the visibility timeout of their queue. */
  readonly redeliverAfterMs?: number;
  readonly mostWorkers?: number;
}

/** The running core: functions, table with streams, queues. */
export interface Core {
  readonly parts: Parts;
  readonly assembly: Assembly;
  readonly functions: Functions;
  /** The table engine itself: nothing is counted and no fault strikes there. */
  readonly tableUrl: string;
  counts(): Counts;
  queueDepths(): Record<string, QueueDepth>;
  deadLetters(): DeadLetter[];
  /** Whether nothing is running, waiting, delayed or unread; messages of queues without a consumer aside. */
  isQuiescent(): boolean;
  /** What keeps it from being quiescent, for an error message. */
  underWay(): string;
  /** Lets what is under way end, for a few seconds at most, and stops feeding functions. */
  drain(): Promise<void>;
  /** Starts feeding functions from streams and queues, once the other services answer at these addresses. */
  startMappings(endpoints: Readonly<Record<string, string>>, busyElsewhere: () => boolean): Promise<void>;
  /** Drains and stops everything. */
  stop(): Promise<void>;
}

const saveEveryMs = 100;
const trimmedAtOnce = 500;

/** Starts the core. Throws an Error that lists everything in the templates that it does not understand. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { dataDir, log, port } = options;
  const region = process.env.AWS_REGION ?? 'eu-central-1';
  const assembly = readAssembly({
    assemblyDir: options.assemblyDir,
    region,
    account: '000000000000',
    apiUrl: `http://127.0.0.1:${port}`,
  });
  const { resources } = assembly;
  const counting = createMeter();
  const { meter } = counting;
  const strike = createStrike(options.seed ?? 1, options.faultRates ?? {});
  const streams: StreamMapping[] = [];
  const batches: QueueMapping[] = [];
  let elsewhere: Readonly<Record<string, string>> = {};
  let busyElsewhere = (): boolean => false;

  const queues = await createQueues(resources, { meter, strike });
  const tableEngine = await startEngine(dataDir, log);
  const engine = createEngineClient(tableEngine.host, tableEngine.port, region);
  let functions: Functions | undefined;
  const proxy = await startTableProxy({
    engine,
    meter,
    strike,
    log,
    kill: (workerId) => functions?.kill(workerId),
    onWrite: () => {
      for (const stream of streams) stream.wake();
    },
    admitWrite: admitWrite(resources, options.partitionWriteUnitsPerSecond),
  });

  async function stopEngines(): Promise<void> {
    await functions?.stop();
    await proxy.stop();
    engine.close();
    await tableEngine.stop();
  }

  try {
    await createTables(resources, engine);
    functions = runFunctions({
      assembly,
      region,
      dataDir,
      environment: options.environment ?? {},
      meter,
      log,
      endpoints: (workerId) => ({ ...elsewhere, AWS_ENDPOINT_URL_DYNAMODB: proxy.urlFor(workerId) }),
      ...(options.mostWorkers === undefined ? {} : { mostWorkers: options.mostWorkers }),
    });
  } catch (error) {
    await stopEngines();
    throw error;
  }
  const { invoke } = functions;
  const running = functions;

  const mappings = resources.filter(
    ({ type, properties }) => type === 'AWS::Lambda::EventSourceMapping' && properties.Enabled !== false,
  );
  const consumed = new Set(mappings.map(({ properties }) => String(properties.EventSourceArn)));
  const working = [...queues.values()].filter(({ arn }) => consumed.has(arn));
  const deadLetters = keepDeadLetters(
    [...queues.values()].filter(({ arn }) => !consumed.has(arn)),
    dataDir,
  );
  const positionFile = openPositions(dataDir);

  const sendToQueue = async (queueArn: string, body: string): Promise<void> => {
    const queue = queues.get(queueArn);
    if (queue === undefined) throw new Error(`no queue has the ARN ${queueArn}`);
    queue.send(body);
  };

  function isQuiescent(): boolean {
    return (
      running.busy() === 0 &&
      !busyElsewhere() &&
      streams.every((stream) => stream.idle()) &&
      batches.every((mapping) => mapping.running() === 0) &&
      working.every(isEmpty)
    );
  }

  function positions(): Record<string, StreamPosition> {
    const known = [...streamsById].flatMap(([id, stream]) => {
      const position = stream.position();
      return position === undefined ? [] : [[id, position] as const];
    });
    return Object.fromEntries(known);
  }

  function savePositions(): void {
    if (streams.length === 0 || !isQuiescent()) return;
    positionFile.save(positions());
    trimStreams();
  }

  const trimmed = new Map<string, number>();
  // A little each time, so that a call that comes now waits for a few milliseconds at most.
  function trimStreams(): void {
    for (const table of resources.filter(isTable)) {
      const read = [...streamsById.values()].filter((stream) => stream.tableName === table.ref);
      const numbers = read.map((stream) => stream.position()?.sequenceNumber);
      if (numbers.length === 0 || numbers.includes(undefined)) continue;
      const oldest = Math.min(...numbers.map(Number));
      if (trimmed.get(table.ref) === oldest) continue;
      const count = tableEngine.streamStore?.trim(table.ref, oldest, trimmedAtOnce) ?? 0;
      if (count < trimmedAtOnce) trimmed.set(table.ref, oldest);
    }
  }
  const streamsById = new Map<string, StreamMapping>();
  let saving: NodeJS.Timeout | undefined;

  async function startMapping(mapping: Resource): Promise<void> {
    const source = String(mapping.properties.EventSourceArn);
    const queue = queues.get(source);
    const shared = { mapping, region, invoke, strike, log };
    if (queue !== undefined) {
      batches.push(startQueueMapping({ ...shared, queue, redeliverAfterMs: options.redeliverAfterMs }));
      return;
    }
    const table = resources.find((resource) => isTable(resource) && resource.attributes.StreamArn === source);
    if (table === undefined) throw new Error(`${mapping.logicalId}: its source ${source} is not run locally`);
    const from = positionFile.read()[mapping.logicalId];
    const stream = await startStreamMapping({ ...shared, tableName: table.ref, engine, sendToQueue, from });
    streams.push(stream);
    streamsById.set(mapping.logicalId, stream);
  }

  let drained: Promise<void> | undefined;
  function drain(): Promise<void> {
    drained ??= (async () => {
      await until(() => isQuiescent() || !isProgressing(running, working), 5000);
      clearInterval(saving);
      savePositions();
      for (const mapping of batches) mapping.stop();
      await Promise.all(streams.map((stream) => stream.stop()));
    })();
    return drained;
  }

  function underWay(): string {
    const waiting = working.filter((queue) => !isEmpty(queue));
    return JSON.stringify({
      invocations: running.busy(),
      eventBus: busyElsewhere(),
      streamsBehind: streams.filter((stream) => !stream.idle()).length,
      queues: Object.fromEntries(waiting.map((queue) => [queue.name, queue.depth()])),
    });
  }

  return {
    parts: { resources, invoke, sendToQueue, meter, log, strike, dataDir, port },
    assembly,
    functions,
    tableUrl: `http://${tableEngine.host}:${tableEngine.port}`,
    counts: counting.counts,
    queueDepths: () => Object.fromEntries([...queues.values()].map((queue) => [queue.name, queue.depth()])),
    deadLetters: deadLetters.list,
    isQuiescent,
    underWay,
    drain,
    startMappings: async (endpoints, busy) => {
      elsewhere = endpoints;
      busyElsewhere = busy;
      for (const mapping of mappings) await startMapping(mapping);
      // Nothing is under way yet, so what a first start skips by `LATEST` stays skipped even after a kill.
      positionFile.save({ ...positions(), ...positionFile.read() });
      saving = setInterval(savePositions, saveEveryMs);
    },
    stop: async () => {
      await drain();
      deadLetters.stop();
      await stopEngines();
    },
  };
}

function admitWrite(resources: readonly Resource[], unitsPerSecond: number | undefined) {
  if (unitsPerSecond === undefined) return undefined;
  const keys = resources.filter(isTable).flatMap(({ ref, properties }) => {
    const schema = properties.KeySchema as { AttributeName: string; KeyType: string }[];
    const key = schema.find(({ KeyType }) => KeyType === 'HASH');
    return key === undefined ? [] : [[ref, key.AttributeName] as const];
  });
  return createPartitionLimit(unitsPerSecond, new Map(keys), () => performance.now());
}

function isEmpty(queue: LocalQueue): boolean {
  const { visible, inFlight, delayed } = queue.depth();
  return visible + inFlight + delayed === 0;
}

// Messages that only wait for their time need no patience on stopping: their facts are relayed again.
function isProgressing(functions: Functions, queues: readonly LocalQueue[]): boolean {
  return functions.busy() > 0 || queues.some((queue) => queue.depth().visible > 0);
}

async function until(done: () => boolean, mostMs: number): Promise<void> {
  const end = Date.now() + mostMs;
  while (!done() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}
