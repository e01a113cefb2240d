import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { type Fact, parseFact } from '../../events/all-events.ts';
import { CallbackReceived, type CallbackReceivedData } from '../../events/callback.ts';
import { WorkDue, type WorkDueData } from '../../events/work.ts';
import { minuteMs } from '../kernel/time.ts';
import { UnknownOrder } from '../timeline/index.ts';
import { log } from './log.ts';
import { once } from './once.ts';

/** A message of one of our queues: a fact, a stored callback, or late work. */
export type BusMessage =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'callback'; readonly callback: CallbackReceivedData }
  | { readonly kind: 'work'; readonly work: WorkDueData };

const envelopeSchema = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** Reads one EventBridge event as our rules deliver it to a queue. Throws on anything else. */
export function readBusMessage(body: string): BusMessage {
  const { 'detail-type': name, detail } = envelopeSchema.parse(JSON.parse(body));
  if (name === CallbackReceived.name)
    return { kind: 'callback', callback: CallbackReceived.data.parse(detail) };
  if (name === WorkDue.name) return { kind: 'work', work: WorkDue.data.parse(detail) };
  return { kind: 'fact', fact: parseFact(detail) };
}

/** The order of a message; undefined for a callback, whose order is found by interpreting it. */
export function orderIdOf(message: BusMessage): string | undefined {
  if (message.kind === 'fact') return message.fact.orderId;
  return message.kind === 'work' ? message.work.orderId : undefined;
}

/**
 * A queue's function: each message is handled separately, and only failed ones come back. After the queue's bounded
 * receive count a message is parked in the dead-letter queue, with an alarm.
 */
export function queueConsumer<Deps>(
  deps: () => Deps,
  handle: (message: BusMessage, deps: Deps) => Promise<void>,
) {
  const made = once(deps);
  const processor = new BatchProcessor(EventType.SQS);
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event, context) =>
    processPartialResponse(event, (record: SQSRecord) => handleRecord(record, made, handle), processor, {
      context,
      throwOnFullBatchFailure: false,
    }),
  );
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
  handle: (message: BusMessage, deps: Deps) => Promise<void>,
): Promise<void> {
  const { messageId } = record;
  const waitedMs = waitedBeforeFirst(record);
  if (waitedMs > LATE_MS) log.warn('MESSAGE_LATE', { messageId, waitedMs });
  try {
    const message = readBusMessage(record.body);
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
