import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { openQueues } from './client.ts';

/** A message that a function received, and the seconds until it is delivered again. */
export interface Wait {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/** The maximum number of messages in one call. */
const MAX_ENTRIES = 10;

/**
 * Chooses when messages of one queue become visible again. Gives the codes of the refusals, empty where all were
 * accepted: a refused message comes back when the queue's own visibility timeout is over. Rejects when the queue does
 * not answer.
 */
export function createPostpone(queueUrl: string, client: SQSClient = openQueues()) {
  return async (waits: readonly Wait[]): Promise<readonly string[]> => {
    const refusals: string[] = [];
    for (let start = 0; start < waits.length; start += MAX_ENTRIES) {
      const Entries = waits.slice(start, start + MAX_ENTRIES).map(({ receiptHandle, seconds }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }));
      const { Failed = [] } = await client.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }),
      );
      refusals.push(...Failed.map(({ Code = 'unknown' }) => Code));
    }
    return refusals;
  };
}
