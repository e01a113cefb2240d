import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createPostpone, type Wait } from '../aws/queue/message-visibility.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import { RETRY_POLICY, type RetryPolicy, retryWaitSeconds } from './retry-wait.ts';
import { readSettings } from './settings.ts';

/** Sets the time at which messages are delivered again. Gives the codes of refusals. */
type Postpone = (waits: readonly Wait[]) => Promise<readonly string[]>;

/** The queue that feeds this function. Its client is made at the first failure: most starts need none. */
const ownQueue = once((): Postpone => createPostpone(readSettings().queueUrl('own')));

export interface RetryOptions {
  readonly policy?: RetryPolicy;
  readonly postpone?: Postpone;
}

/**
 * Lets the failed messages of a batch come back after a wait that grows with their failures. Where that fails, it is
 * logged, and they come back when the queue's visibility timeout is over.
 */
export async function postponeFailed(
  { Records }: SQSEvent,
  { batchItemFailures }: SQSBatchResponse,
  { policy = RETRY_POLICY, postpone }: RetryOptions = {},
): Promise<void> {
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const waits = Records.filter(({ messageId }) => failed.has(messageId)).map((record) =>
    waitOf(record, policy),
  );
  if (waits.length === 0) return;
  try {
    const refusals = await (postpone ?? ownQueue())(waits);
    if (refusals.length > 0) log.warn('RETRY_WAIT_REFUSED', { codes: refusals.join(', ') });
  } catch (error) {
    log.error('RETRY_WAIT_NOT_SET', error, { count: waits.length });
  }
}

function waitOf({ receiptHandle, attributes }: SQSRecord, policy: RetryPolicy): Wait {
  const receives = Number(attributes.ApproximateReceiveCount);
  return { receiptHandle, seconds: retryWaitSeconds(receives, Math.random(), policy) };
}
