import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { openQueues } from './client.ts';

/** Sends messages to one queue. */
export interface QueueSender {
  /** Resolves after the queue has stored the message. Rejects with the SDK's error otherwise. */
  send(body: string): Promise<void>;
}

export function createQueueSender(queueUrl: string, client: SQSClient = openQueues()): QueueSender {
  return {
    async send(body) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    },
  };
}
