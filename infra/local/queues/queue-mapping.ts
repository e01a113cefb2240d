import type { Invoke, InvokeResult, Log, Resource, Strike } from '../cloud-parts.ts';
import { type Filter, readFilter } from '../mapping-filter.ts';
import type { LocalQueue, Received } from './queue-engine.ts';

/** The parts that are needed to feed a function from its queue. */
export interface QueueMappingOptions {
  readonly mapping: Resource;
  readonly queue: LocalQueue;
  readonly region: string;
  readonly invoke: Invoke;
  readonly strike: Strike;
  readonly log: Log;
  /** When messages of a crashed invocation become visible again, in place of the queue's visibility timeout. */
  readonly redeliverCrashedAfterMs?: number | undefined;
}

/** A running event source mapping of a queue. */
export interface QueueMapping {
  /** The number of batches that run now. */
  running(): number;
  stop(): void;
}

// More batches run at the same time only when messages have to wait. On two cores, fuller batches do more than more
// batches.
const promptBatches = 2;
const patienceMs = 50;
const maxBatches = 10;

/**
 * Feeds a function from a queue as Lambda does: batches up to the declared size and window, at most the declared
 * number at once. A message that the function reports as failed stays in the queue. It comes back when its visibility
 * ends, which the function may change, and after too many receives it moves to the dead-letter queue.
 */
export function startQueueMapping(options: QueueMappingOptions): QueueMapping {
  const { mapping, queue, invoke, strike } = options;
  const { functionArn, batchSize, windowMs, limit, reportsItems, accepts } = readMapping(mapping);
  let running = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = 0;
  let windowEndsAt = 0;

  function pump(mayAddBatch: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    let patient = mayAddBatch;
    while (!stopped && running < limit) {
      const waiting = queue.depth().visible;
      if (waiting > 0 && running >= promptBatches && !patient) {
        wake(patienceMs, true);
        return;
      }
      if (waiting > 0 && waiting < batchSize && !windowOver()) {
        wake(windowEndsAt - Date.now(), patient);
        return;
      }
      const batch = queue.receive(batchSize);
      if (batch.length === 0) {
        const dueMs = queue.nextDueMs(Date.now());
        if (dueMs !== undefined) wake(dueMs, false);
        return;
      }
      patient = false;
      windowEndsAt = 0;
      running += 1;
      void work(batch).finally(() => {
        running -= 1;
        pump(false);
      });
    }
  }

  function windowOver(): boolean {
    if (windowMs === 0) return true;
    if (windowEndsAt === 0) windowEndsAt = Date.now() + windowMs;
    return Date.now() >= windowEndsAt;
  }

  // Keeps the earlier of two wake-ups: a wake-up for hidden messages must not delay a visible message.
  function wake(delayMs: number, mayAddBatch: boolean): void {
    const at = Date.now() + Math.min(Math.max(1, delayMs), 60_000);
    if (stopped || (timer !== undefined && wakesAt <= at)) return;
    clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(() => pump(mayAddBatch), at - Date.now());
  }

  async function work(received: readonly Received[]): Promise<void> {
    const unwanted = received.filter((item) => !accepts(asFiltered(item)));
    if (unwanted.length > 0) queue.delete(unwanted);
    // This fault is a consumer that crashes between receiving and working. The message returns after its visibility
    // timeout.
    const dropped = received.filter((item) => !unwanted.includes(item) && strike('drop'));
    const batch = received.filter((item) => !unwanted.includes(item) && !dropped.includes(item));
    recoverSoon(dropped, options);
    if (batch.length === 0) return;
    const result = await invokeBatch(batch);
    const failed = failedIn(batch, result, { ...options, reportsItems });
    const done = batch.filter((item) => !failed.includes(item));
    if (done.length > 0) queue.delete(done);
    if (result.error !== undefined) recoverSoon(batch, options);
  }

  // A throttled invocation is tried again while the messages are still hidden. It does not count as a failure yet.
  async function invokeBatch(batch: readonly Received[]): Promise<InvokeResult> {
    const event = { Records: batch.map((item) => asRecord(item, queue.arn, options.region)) };
    const until = Date.now() + queue.visibilityTimeoutMs / 2;
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
      const result = await invoke(functionArn, event);
      const throttled = result.error?.errorType === 'TooManyRequestsException';
      if (!throttled || stopped || Date.now() + pauseMs > until) return result;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  queue.onMessage(() => {
    if (running < Math.min(promptBatches, limit)) queueMicrotask(() => pump(false));
    else wake(patienceMs, true);
  });
  pump(false);

  return {
    running: () => running,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

// Where crashes are injected, a run could not wait for the visibility timeout after each of them.
function recoverSoon(
  crashed: readonly Received[],
  { queue, redeliverCrashedAfterMs }: Pick<QueueMappingOptions, 'queue' | 'redeliverCrashedAfterMs'>,
): void {
  if (redeliverCrashedAfterMs === undefined) return;
  for (const { receiptHandle } of crashed)
    queue.changeVisibility(receiptHandle, redeliverCrashedAfterMs / 1000);
}

function readMapping({ properties }: Resource) {
  const scaling = properties.ScalingConfig as { MaximumConcurrency?: number } | undefined;
  const answers = properties.FunctionResponseTypes as string[] | undefined;
  return {
    functionArn: String(properties.FunctionName),
    batchSize: Number(properties.BatchSize ?? 10),
    windowMs: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    limit: Number(scaling?.MaximumConcurrency ?? maxBatches),
    reportsItems: answers?.includes('ReportBatchItemFailures') ?? false,
    accepts: readFilter(properties.FilterCriteria),
  };
}

/**
 * The messages that return to the queue: those that the function reports. If it reports an unknown message, all
 * return.
 */
function failedIn(
  batch: readonly Received[],
  result: InvokeResult,
  { log, mapping, reportsItems }: Pick<QueueMappingOptions, 'log' | 'mapping'> & { reportsItems: boolean },
): readonly Received[] {
  if (result.error !== undefined) return batch;
  if (!reportsItems) return [];
  const failures = (result.payload as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null)
    ?.batchItemFailures;
  if (failures === undefined || failures === null) return [];
  const ids = new Set(failures.map((failure) => failure.itemIdentifier));
  const failed = batch.filter((item) => ids.has(item.message.messageId));
  if (failed.length === ids.size) return failed;
  log({
    level: 'warn',
    source: mapping.logicalId,
    message: 'the function reports items that it was not given',
  });
  return batch;
}

function asRecord({ message, receiptHandle }: Received, queueArn: string, awsRegion: string): object {
  return {
    messageId: message.messageId,
    receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.approximateReceiveCount),
      SentTimestamp: String(message.sentTimestamp),
      SenderId: '000000000000',
      ApproximateFirstReceiveTimestamp: String(
        message.approximateFirstReceiveTimestamp ?? message.sentTimestamp,
      ),
      ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
    },
    messageAttributes: {},
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion,
  };
}

function asFiltered({ message }: Received): Parameters<Filter>[0] {
  try {
    return { body: JSON.parse(message.body) };
  } catch {
    // A filter compares a body that is not JSON as text.
    return { body: message.body };
  }
}
