import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CalledQueue, Meter, QueueByUrl, SendOptions, Strike } from '../cloud-parts.ts';
import { AwsError } from '../front/aws-error.ts';
import { type Operation, parse } from '../front/aws-operation.ts';
import { billedRequests } from './queue-engine.ts';

/** SQS hides a message for twelve hours at most. */
const visibilitySeconds = z.int().min(0).max(43_200);

const sendInput = z.object({ QueueUrl: z.string(), MessageBody: z.string().min(1) });
const sendBatchInput = z.object({
  QueueUrl: z.string(),
  Entries: z
    .array(z.object({ Id: z.string(), MessageBody: z.string().min(1) }))
    .min(1)
    .max(10),
});
const visibilityInput = z.object({
  QueueUrl: z.string(),
  ReceiptHandle: z.string(),
  VisibilityTimeout: visibilitySeconds,
});
const visibilityBatchInput = z.object({
  QueueUrl: z.string(),
  Entries: z
    .array(
      z.object({
        Id: z.string(),
        ReceiptHandle: z.string(),
        VisibilityTimeout: visibilitySeconds.optional(),
      }),
    )
    .min(1)
    .max(10),
});

/** What the operations of SQS need of the local cloud. */
export interface QueueOperationsOptions {
  readonly queueByUrl: QueueByUrl;
  readonly meter: Meter;
  readonly strike: Strike;
}

/** The operations of SQS that functions call themselves: sending messages, and choosing when one comes back. */
export function queueOperations(options: QueueOperationsOptions): Record<string, Operation> {
  const { queueByUrl, meter, strike } = options;
  const queueAt = (url: string): CalledQueue => {
    const queue = queueByUrl(url);
    if (queue !== undefined) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  return {
    'AmazonSQS.SendMessage': (input) => {
      const { QueueUrl, MessageBody } = parse(sendInput, input);
      if (strike('throttle')) throw new AwsError('RequestThrottled', 'Rate exceeded');
      return sendTo(queueAt(QueueUrl), MessageBody);
    },
    'AmazonSQS.SendMessageBatch': (input) => {
      const { QueueUrl, Entries } = parse(sendBatchInput, input);
      if (strike('throttle')) throw new AwsError('RequestThrottled', 'Rate exceeded');
      const queue = queueAt(QueueUrl);
      const bytes = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (bytes > queue.maxBytes)
        throw new AwsError('BatchRequestTooLong', `A batch must not be over ${queue.maxBytes} bytes.`);
      meter('sqs.requests', billedRequests(bytes));
      const isLost = Map.groupBy(Entries, () => strike('throttle'));
      return {
        Successful: (isLost.get(false) ?? []).map(({ Id, MessageBody }) => ({
          Id,
          ...sendTo(queue, MessageBody, { isBilled: false }),
        })),
        Failed: (isLost.get(true) ?? []).map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' })),
      };
    },
    'AmazonSQS.ChangeMessageVisibility': (input) => {
      const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parse(visibilityInput, input);
      meter('sqs.requests', 1);
      if (queueAt(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout)) return {};
      throw new AwsError('MessageNotInflight', notInFlight);
    },
    'AmazonSQS.ChangeMessageVisibilityBatch': (input) => {
      const { QueueUrl, Entries } = parse(visibilityBatchInput, input);
      const queue = queueAt(QueueUrl);
      meter('sqs.requests', 1);
      const changed = Map.groupBy(Entries, ({ ReceiptHandle, VisibilityTimeout = 0 }) =>
        queue.changeVisibility(ReceiptHandle, VisibilityTimeout),
      );
      return {
        Successful: (changed.get(true) ?? []).map(({ Id }) => ({ Id })),
        Failed: (changed.get(false) ?? []).map(({ Id }) => ({
          Id,
          SenderFault: true,
          Code: 'MessageNotInflight',
          Message: notInFlight,
        })),
      };
    },
  };
}

const notInFlight = 'The message referred to is not in flight.';

function sendTo(queue: CalledQueue, body: string, options: SendOptions = {}): object {
  if (Buffer.byteLength(body) > queue.maxBytes) {
    const message = `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maxBytes} bytes.`;
    throw new AwsError('InvalidParameterValue', message);
  }
  const md5 = createHash('md5').update(body).digest('hex');
  return { MessageId: queue.send(body, { ...options, isKept: true }), MD5OfMessageBody: md5 };
}
