import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { UnknownOrder } from '../timeline/index.ts';
import { type BusMessage, orderIdOf, readBusMessage } from './bus-message.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import { postponeFailed, type RetryOptions } from './postpone-failed.ts';

/**
 * A queue's function: each message is handled separately, and only failed ones come back, after seconds and then after
 * growing waits. After the queue's bounded receive count a message is parked in the dead-letter queue, with an alarm.
 */
export function queueConsumer<Deps>(
  deps: () => Deps,
  handle: (message: BusMessage, deps: Deps) => Promise<void>,
  retry?: RetryOptions,
) {
  const made = once(deps);
  const processor = new BatchProcessor(EventType.SQS);
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event, context) => {
    const handleOne = (record: SQSRecord) => handleRecord(record, made, handle);
    const answer = await processPartialResponse(event, handleOne, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
    await postponeFailed(event, answer, retry);
    return answer;
  });
}

async function handleRecord<Deps>(
  record: SQSRecord,
  deps: () => Deps,
  handle: (message: BusMessage, deps: Deps) => Promise<void>,
): Promise<void> {
  try {
    const message = readBusMessage(record.body);
    await handle(message, deps());
    log.debug('COMPLETED', { orderId: orderIdOf(message) });
  } catch (error) {
    if (error instanceof UnknownOrder) {
      log.error('MESSAGE_DROPPED', error, { messageId: record.messageId });
      return;
    }
    log.error('MESSAGE_FAILED', error, { messageId: record.messageId });
    throw error;
  }
}
