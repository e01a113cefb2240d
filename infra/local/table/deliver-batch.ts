import { randomUUID } from 'node:crypto';
import type { Invoke, InvokeResult, Log, Resource, SendToQueue, Strike } from '../cloud-parts.ts';
import type { StreamRecord } from './read-stream.ts';

/** What handing a batch of stream records to a function needs. */
export interface DeliverOptions {
  readonly mapping: Resource;
  readonly invoke: Invoke;
  readonly sendToQueue: SendToQueue;
  readonly strike: Strike;
  readonly log: Log;
  stopped(): boolean;
}

const firstPauseMs = 50;
const longestPauseMs = 5000;

/**
 * Hands a batch to the function until it is done with, by the rules of Lambda's stream mappings: a failed batch is
 * tried again, from the first failed record on when the function reports one, in halves when the mapping bisects;
 * after the declared attempts or age the rest goes to the failure destination and the stream moves on. Without a
 * limit it is tried for ever, which keeps the order.
 */
export async function deliverBatch(batch: readonly StreamRecord[], options: DeliverOptions): Promise<void> {
  const { mapping, invoke, strike, log, stopped } = options;
  const { properties } = mapping;
  const maxRetries = limitOf(properties.MaximumRetryAttempts);
  const maxAgeMs = limitOf(properties.MaximumRecordAgeInSeconds) * 1000;
  const functionArn = String(properties.FunctionName);
  let rest = batch;
  let attempts = 0;
  let pauseMs = firstPauseMs;
  while (rest.length > 0 && !stopped()) {
    const result = await invoke(functionArn, { Records: rest });
    const firstFailed = firstFailure(rest, result, properties.FunctionResponseTypes);
    if (firstFailed === undefined) {
      if (strike('duplicate')) await invoke(functionArn, { Records: rest });
      return;
    }
    // A refusal for lack of concurrency is no attempt: the function has not seen the records.
    const throttled = result.error?.errorType === 'TooManyRequestsException';
    if (!throttled) attempts += 1;
    if (firstFailed > 0) rest = rest.slice(firstFailed);
    const oldestMs = (rest[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    if (attempts > maxRetries || Date.now() - oldestMs > maxAgeMs) {
      return discard(
        rest,
        attempts,
        attempts > maxRetries ? 'RetryAttemptsExhausted' : 'RecordAgeExceeded',
        options,
      );
    }
    if (!throttled && properties.BisectBatchOnFunctionError === true && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      await deliverBatch(rest.slice(0, half), options);
      return deliverBatch(rest.slice(half), options);
    }
    const why = result.error?.errorMessage ?? 'it reports failed items';
    log({
      level: 'warn',
      source: mapping.logicalId,
      message: `a batch of ${rest.length} is tried again: ${why}`,
    });
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

// Lambda's default for both limits is -1: none.
function limitOf(declared: unknown): number {
  return declared === undefined || Number(declared) < 0 ? Number.POSITIVE_INFINITY : Number(declared);
}

/** Index of the first record that is not done with; undefined when all are. */
function firstFailure(
  batch: readonly StreamRecord[],
  result: InvokeResult,
  responseTypes: unknown,
): number | undefined {
  if (result.error !== undefined) return 0;
  if (!(responseTypes as string[] | undefined)?.includes('ReportBatchItemFailures')) return undefined;
  const failures = (result.payload as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null)
    ?.batchItemFailures;
  if (failures === undefined || failures === null || failures.length === 0) return undefined;
  const numbers = batch.map((record) => record.dynamodb.SequenceNumber);
  const indexes = failures.map((failure) => numbers.indexOf(String(failure.itemIdentifier)));
  return Math.max(0, Math.min(...indexes));
}

async function discard(
  records: readonly StreamRecord[],
  attempts: number,
  condition: string,
  { mapping, sendToQueue, log }: DeliverOptions,
): Promise<void> {
  const { properties } = mapping;
  const message = `${records.length} records are given up: ${condition}`;
  log({ level: 'error', source: mapping.logicalId, message });
  const onFailure = (properties.DestinationConfig as { OnFailure?: { Destination?: string } } | undefined)
    ?.OnFailure;
  if (onFailure?.Destination === undefined) return;
  // The service sends where the records are, not the records.
  const body = {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: properties.FunctionName,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId: 'shardId-local',
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn: properties.EventSourceArn,
    },
  };
  await sendToQueue(onFailure.Destination, JSON.stringify(body));
}
