import type { Parts, Resource } from './cloud-parts.ts';
import type { LocalQueue } from './queues/queue-engine.ts';
import { type QueueMapping, startQueueMapping } from './queues/queue-mapping.ts';
import { isTable } from './table/create-tables.ts';
import type { EngineClient } from './table/engine-client.ts';
import type { KeptPositions } from './table/keep-positions.ts';
import { startStreamMapping } from './table/stream-mapping.ts';

/** The parts that are needed to feed functions from their event sources. */
export interface FeedingOptions {
  readonly parts: Parts;
  readonly region: string;
  readonly engine: EngineClient;
  readonly queues: ReadonlyMap<string, LocalQueue>;
  readonly positions: KeptPositions;
  readonly redeliverCrashedAfterMs?: number | undefined;
  /** The longest window in which a mapping gathers a batch. As declared if absent. */
  readonly gatherMs?: number | undefined;
  /** Invocations running or waiting. */
  invocations(): number;
}

/** The event source mappings of the templates. */
export interface Feeding {
  /** Starts the mappings. */
  start(): Promise<void>;
  /** Call this after a write to the table: the stream may have a new record. */
  wake(): void;
  isQuiescent(): boolean;
  underWay(): string;
  /** Hands over what mappings with a window have gathered. */
  flush(): Promise<void>;
  /** Waits a few seconds at most for running work to end, and stops the mappings. */
  drain(): Promise<void>;
}

const saveEveryMs = 100;
const drainMs = 5000;

/** Prepares the event source mappings of queues and table streams that the templates declare and enable. */
export function prepareFeeding(options: FeedingOptions): Feeding {
  const { parts, region, queues, positions, invocations, engine, gatherMs } = options;
  const { resources, invoke, strike, log, sendToQueue } = parts;
  const mappings = resources.filter(
    ({ type, properties }) => type === 'AWS::Lambda::EventSourceMapping' && properties.Enabled !== false,
  );
  const consumed = [...queues.values()].filter(({ isConsumed }) => isConsumed);
  const batches: QueueMapping[] = [];
  let saving: NodeJS.Timeout | undefined;
  let drained: Promise<void> | undefined;

  async function startMapping(mapping: Resource): Promise<void> {
    const source = String(mapping.properties.EventSourceArn);
    const shared = { mapping, region, invoke, strike, log, gatherMs };
    const queue = queues.get(source);
    if (queue !== undefined) {
      const { redeliverCrashedAfterMs } = options;
      batches.push(startQueueMapping({ ...shared, queue, redeliverCrashedAfterMs }));
      return;
    }
    const table = resources.find((resource) => isTable(resource) && resource.attributes.StreamArn === source);
    if (table === undefined) throw new Error(`${mapping.logicalId}: its source ${source} is not run locally`);
    const from = positions.stored[mapping.logicalId];
    const reading = { tableName: table.ref, engine, store: positions.store, from };
    const stream = await startStreamMapping({ ...shared, ...reading, sendToQueue });
    positions.add(mapping.logicalId, stream);
  }

  function isQuiescent(): boolean {
    return (
      invocations() === 0 &&
      positions.streams().every((stream) => stream.idle()) &&
      batches.every((mapping) => mapping.running() === 0) &&
      consumed.every(isEmpty)
    );
  }

  // Messages that only wait for their time need no patience on stopping: their facts are relayed again, and what
  // functions sent themselves is kept on disk.
  function isProgressing(): boolean {
    return (
      invocations() > 0 ||
      positions.streams().some((stream) => !stream.idle()) ||
      consumed.some((queue) => queue.depth().visible > 0)
    );
  }

  function saveWhenQuiescent(): void {
    if (isQuiescent()) positions.save();
  }

  async function drain(): Promise<void> {
    const end = Date.now() + drainMs;
    while (!isQuiescent() && isProgressing() && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    clearInterval(saving);
    await flushInTime(positions);
    saveWhenQuiescent();
    for (const mapping of batches) mapping.stop();
    await Promise.all(positions.streams().map((stream) => stream.stop()));
  }

  return {
    flush: () => flush(positions),
    start: async () => {
      for (const mapping of mappings) await startMapping(mapping);
      positions.saveStarts();
      saving = setInterval(saveWhenQuiescent, saveEveryMs);
    },
    wake: () => {
      for (const stream of positions.streams()) stream.wake();
    },
    isQuiescent,
    underWay: () => {
      const waiting = consumed.filter((queue) => !isEmpty(queue));
      return JSON.stringify({
        invocations: invocations(),
        streamsBehind: positions.streams().filter((stream) => !stream.idle()).length,
        queues: Object.fromEntries(waiting.map((queue) => [queue.name, queue.depth()])),
      });
    },
    drain: () => {
      drained ??= drain();
      return drained;
    },
  };
}

async function flush(positions: KeptPositions): Promise<void> {
  await Promise.all(positions.streams().map((stream) => stream.flush()));
}

/** What can't be handed over now is read from the stream again after the next start. */
async function flushInTime(positions: KeptPositions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, drainMs);
  });
  await Promise.race([flush(positions), late]);
  clearTimeout(timer);
}

function isEmpty(queue: LocalQueue): boolean {
  const { visible, inFlight, delayed } = queue.depth();
  return visible + inFlight + delayed === 0;
}
