import { randomUUID } from 'node:crypto';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AlarmFault } from './alarmed-backend.ts';

const CONSUMER = '4-screening/on-payment-authorised';
const UNKNOWN_ORDER = 'ord_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const LATE_MS = 6 * 60_000;

const five = <Made>(make: () => Made): Made[] => Array.from({ length: 5 }, make);
const work = { work: { orderId: UNKNOWN_ORDER, step: 'screening', attempt: 1 } };

/** Faults of messages and of the functions that receive them. */
export const messageFaults: readonly AlarmFault[] = [
  {
    alarm: 'FailingMessages',
    what: 'messages fail',
    logs: ['MESSAGE_FAILED'],
    make: ({ invoke }) => invoke(CONSUMER, { Records: five(() => message('no event')) }),
  },
  {
    alarm: 'FailingMessages',
    what: 'messages reach their function late',
    logs: ['MESSAGE_LATE'],
    make: ({ invoke }) => invoke(CONSUMER, { Records: five(() => message(work, LATE_MS)) }),
  },
  {
    alarm: 'UnknownOrders',
    what: 'a message names an order that does not exist',
    logs: ['MESSAGE_DROPPED'],
    make: ({ invoke }) => invoke(CONSUMER, { Records: [message(work)] }),
  },
  {
    alarm: 'CrashedFunctions',
    what: 'invocations end with an error',
    make: async ({ invoke }) => {
      for (const _ of [1, 2, 3]) await invoke(CONSUMER, null);
    },
  },
  {
    alarm: 'ParkedFailed',
    what: 'a message is in the queue of those that were given up',
    make: async ({ running }) => {
      const { awsUrl, resources } = running.backend.cloud;
      const queue = resources.find(
        ({ properties }) => properties.QueueName === 'entrepot-local-parked-failed',
      );
      const client = new SQSClient({
        endpoint: awsUrl,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      await client.send(new SendMessageCommand({ QueueUrl: queue?.ref ?? '', MessageBody: 'given up' }));
      client.destroy();
    },
  },
];

/** A message as Lambda gives it to a consumer. */
export function message(body: unknown, waitedMs = 0) {
  const sent = Date.now() - waitedMs;
  return {
    messageId: randomUUID(),
    receiptHandle: 'none',
    body: JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sent),
      ApproximateFirstReceiveTimestamp: String(sent + waitedMs),
    },
  };
}
