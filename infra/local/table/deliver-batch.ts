import { randomUUID } from 'node:crypto';
import type { Invoke, InvokeResult, Log, Resource, SendToQueue, Strike } from '../cloud-parts.ts';
import type { StreamRecord } from './stream-record.ts';

/** The parts that are needed to hand a batch of stream records to a function. */
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
 * Hands a batch to the function until every record is handled or given up, by the rules of Lambda's stream mappings.
 * A failed batch is tried again. When the function reports failed records, the batch starts again at the first of
 * them. When the mapping bisects, the batch is split into halves. After the declared number of attempts, or at the
 * declared age, the remaining records go to the failure destination. Without a limit the batch is tried for ever,
 * which keeps the order.
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
    // A throttled invocation is not an attempt, because the function has not seen the records.
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

// Lambda's default for both limits is -1, and -1 means no limit.
function limitOf(declared: unknown): number {
  return declared === undefined || Number(declared) < 0 ? Number.POSITIVE_INFINITY : Number(declared);
}

/** The index of the first record that is not handled yet; undefined when all are handled. */
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
  // Lambda sends the position of the records in the stream, and not the records themselves.
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
