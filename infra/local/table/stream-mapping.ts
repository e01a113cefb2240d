import { createHash } from 'node:crypto';
import type { Invoke, Log, Resource, SendToQueue, Strike } from '../cloud-parts.ts';
import { type Filter, readFilter } from '../mapping-filter.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { EngineClient } from './engine-client.ts';
import { openStoredStream, openStream, type StreamPosition, type StreamReader } from './read-stream.ts';
import type { StreamRecord } from './stream-record.ts';
import type { StreamStore } from './stream-store.ts';

/** The parts that are needed to feed a function from a table's stream. */
export interface StreamMappingOptions {
  readonly mapping: Resource;
  readonly tableName: string;
  readonly region: string;
  readonly engine: EngineClient;
  /** The stream records of our own engine; undefined for another one, whose stream is read by its API. */
  readonly store: StreamStore | undefined;
  readonly invoke: Invoke;
  readonly sendToQueue: SendToQueue;
  readonly strike: Strike;
  readonly log: Log;
  /** The position where the last run stopped; undefined at the first start. */
  readonly from: StreamPosition | undefined;
  /** The longest window in which a batch is gathered. As declared if absent. */
  readonly gatherMs?: number | undefined;
}

/** A running event source mapping of a table's stream. */
export interface StreamMapping {
  readonly tableName: string;
  /** Call this when the stream may have new records. */
  wake(): void;
  /**
   * Whether every record of the stream was read and handed over. A mapping with a window always says so: nobody waits
   * for what it gathers.
   */
  idle(): boolean;
  /** Ends the window, and hands over every record of the stream. */
  flush(): Promise<void>;
  /** The position of the last record up to which everything was handed over. */
  position(): StreamPosition | undefined;
  /** Stops after the current batch. */
  stop(): Promise<void>;
}

// A write through the proxy wakes the reader at once. Other writes, such as those of a seeding script, are found by
// this poll.
const idlePollMs = 1000;
const windowPollMs = 30_000;
/**
 * The least time between two reads. Each step of an order writes, so without it each write would be read on its own, by
 * each mapping. Lambda reads a stream four times a second.
 */
const RESTS_MS = 40;
/** A read of this many records may have left some: the engine gives fewer than it has where they are large. */
const MANY = 100;

/**
 * Feeds a function from a table's stream as Lambda does: in batches up to the declared size and window, the declared
 * filters applied first, a failed batch before everything behind it. With a parallelization factor, that many batches
 * are handed over at the same time. The changes of one item stay in order. Those of different items do not, even where
 * the items have the same partition key.
 *
 * A mapping with a window reads the stream when its window ends, and not before: so it takes nothing from those who
 * carry out an order.
 */
export async function startStreamMapping(options: StreamMappingOptions): Promise<StreamMapping> {
  const { tableName, mapping, log } = options;
  const { properties } = mapping;
  const batchSize = Number(properties.BatchSize ?? 100);
  const lanes = Number(properties.ParallelizationFactor ?? 1);
  const declaredMs = Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000;
  const windowMs = Math.min(declaredMs, options.gatherMs ?? declaredMs);
  const accepts = readFilter(properties.FilterCriteria);
  const eventSourceARN = String(properties.EventSourceArn);
  const reader = await openReader(options);
  if (options.from === undefined && properties.StartingPosition === 'LATEST') await skipAll(reader);
  let handedOver = reader.position();
  let stopped = false;
  let dirty = true;
  let working: Promise<void> | undefined;
  let resting: NodeJS.Timeout | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  // Whether the last read may have left records in the stream.
  let hasMore = false;

  async function work(): Promise<void> {
    dirty = false;
    readAt = performance.now();
    const max = windowMs > 0 ? batchSize : undefined;
    const gathered = await gather(reader, { max, accepts, stopped: () => stopped });
    hasMore = gathered.hasMore;
    dirty ||= hasMore;
    const source = { awsRegion: options.region, eventSourceARN };
    const records = gathered.records.map((record) => ({ ...record, ...source }));
    await Promise.all(lanesOf(records, lanes).map(deliverLane));
    if (!stopped) handedOver = reader.position();
  }

  async function deliverLane(records: readonly StreamRecord[]): Promise<void> {
    for (let start = 0; start < records.length && !stopped; start += batchSize)
      await deliverBatch(records.slice(start, start + batchSize), { ...options, stopped: () => stopped });
  }

  function wake(): void {
    dirty = true;
    if (working !== undefined || resting !== undefined || stopped) return;
    // A window begins with the first write after a read.
    const restMs = hasMore ? 0 : Math.max(windowMs, readAt + RESTS_MS - performance.now());
    if (restMs > 0) {
      resting = setTimeout(start, restMs);
      return;
    }
    start();
  }

  function start(): void {
    resting = undefined;
    working = work()
      .catch((error: Error) => {
        log({
          level: 'error',
          source: mapping.logicalId,
          message: `the stream cannot be read: ${error.message}`,
        });
      })
      .finally(() => {
        working = undefined;
        // A write may have arrived after the last read of the stream.
        if (dirty && !stopped) wake();
      });
  }

  async function flush(): Promise<void> {
    await working;
    do {
      clearTimeout(resting);
      if (working === undefined && !stopped) start();
      await working;
    } while (hasMore && !stopped);
  }

  const poll = setInterval(wake, windowMs > 0 ? windowPollMs : idlePollMs);
  wake();
  return {
    tableName,
    wake,
    idle: () => windowMs > 0 || (working === undefined && !dirty),
    flush,
    position: () => handedOver,
    stop: async () => {
      stopped = true;
      clearInterval(poll);
      clearTimeout(resting);
      await working;
    },
  };
}

async function openReader({ engine, store, tableName, from }: StreamMappingOptions): Promise<StreamReader> {
  return store === undefined ? openStream(engine, tableName, from) : openStoredStream(store, tableName, from);
}

/** Reads until it has `max` records that are wanted, or nothing is new. Without `max` it reads once. */
async function gather(
  reader: StreamReader,
  {
    max,
    accepts,
    stopped,
  }: { readonly max: number | undefined; readonly accepts: Filter; stopped(): boolean },
): Promise<{ readonly records: StreamRecord[]; readonly hasMore: boolean }> {
  const wanted: StreamRecord[] = [];
  for (;;) {
    const records = await reader.read();
    const hasMore = records.length >= MANY;
    wanted.push(...records.filter(accepts));
    if (max === undefined || !hasMore || wanted.length >= max || stopped())
      return { records: wanted, hasMore };
  }
}

async function skipAll(reader: StreamReader): Promise<void> {
  while ((await reader.read()).length > 0);
}

/** Divides records over lanes by their item, so that the changes of one item are in one lane and in order. */
function lanesOf(records: readonly StreamRecord[], lanes: number): StreamRecord[][] {
  return [...Map.groupBy(records, ({ dynamodb }) => laneOf(JSON.stringify(dynamodb.Keys), lanes)).values()];
}

function laneOf(item: string, lanes: number): number {
  return lanes === 1 ? 0 : (createHash('sha256').update(item).digest()[0] ?? 0) % lanes;
}
