import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { minuteMs } from '../kernel/time.ts';
import { UnknownOrder } from '../timeline/index.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import { postponeFailed, type RetryOptions } from './postpone-failed.ts';
import { orderIdOf, type QueueMessage, readQueueMessage } from './queue-message.ts';

/** The invocation that a message came in. */
export interface Invocation {
  readonly id: string;
  /** The milliseconds until Lambda ends it. */
  readonly remainingMs: () => number;
}

/**
 * A queue's function: each message is handled separately, and only failed ones come back, after seconds and then after
 * growing waits. After the queue's bounded receive count a message is parked in the dead-letter queue, with an alarm.
 */
export function queueConsumer<Deps>(
  deps: () => Deps,
  handle: (message: QueueMessage, deps: Deps, run: Invocation) => Promise<void>,
  retry?: RetryOptions,
) {
  const made = once(deps);
  const handleAll = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const { awsRequestId: id } = context;
    const run = { id, remainingMs: () => context.getRemainingTimeInMillis() };
    const handling = event.Records.map((record) =>
      handleRecord(record, made, (message, each) => handle(message, each, run)),
    );
    const outcomes = await Promise.allSettled(handling);
    const failed = event.Records.filter((_record, index) => outcomes[index]?.status === 'rejected');
    const answer = { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    await postponeFailed(event, answer, retry);
    return answer;
  };
  return (event: SQSEvent, context: Context) => inTime(context, () => handleAll(event, context));
}

/** A message that waited for longer had no free consumer. */
const LATE_MS = 5 * minuteMs;

/** How long a message waited in its queue before it was delivered for the first time. Repeats do not count. */
function waitedBeforeFirst({ attributes }: SQSRecord): number {
  const { ApproximateFirstReceiveTimestamp: first, SentTimestamp: sent } = attributes;
  return Number(first) - Number(sent);
}

async function handleRecord<Deps>(
  record: SQSRecord,
  deps: () => Deps,
  handle: (message: QueueMessage, deps: Deps) => Promise<void>,
): Promise<void> {
  const { messageId } = record;
  const waitedMs = waitedBeforeFirst(record);
  if (waitedMs > LATE_MS) log.warn('MESSAGE_LATE', { messageId, waitedMs });
  try {
    const message = readQueueMessage(record.body);
    await handle(message, deps());
    log.debug('COMPLETED', { orderId: orderIdOf(message) });
  } catch (error) {
    if (error instanceof UnknownOrder) {
      log.error('MESSAGE_DROPPED', error, { messageId });
      return;
    }
    log.error('MESSAGE_FAILED', error, { messageId });
    throw error;
  }
}
