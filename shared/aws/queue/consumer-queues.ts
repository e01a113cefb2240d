import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionId } from '../../../events/triggers.ts';
import type { Outlet, Refusal } from '../relay/refusal.ts';
import { openQueues } from './client.ts';

/** A message, and the function to whose queue it goes. */
export interface ConsumerMessage {
  readonly consumer: FunctionId;
  readonly body: string;
}

/** The most messages of one call. Ours are short, so that their bytes need no count. */
const MAX_ENTRIES = 10;

interface Indexed extends ConsumerMessage {
  readonly index: number;
}

/**
 * Sends messages to the queues of functions, up to ten to one queue in a call. A message that is not taken can be sent
 * again: all of them are short texts of ours, so that none is refused for its content.
 */
export function createConsumerQueues(
  urlOf: (consumer: FunctionId) => string,
  client: SQSClient = openQueues(),
): Outlet<ConsumerMessage> {
  async function send(batch: readonly Indexed[], QueueUrl: string): Promise<Refusal[]> {
    const Entries = batch.map(({ body }, place) => ({ Id: String(place), MessageBody: body }));
    try {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      return Failed.flatMap(({ Id, Code = 'unknown' }) => {
        const message = batch[Number(Id)];
        return message === undefined ? [] : [{ index: message.index, reason: Code, isFinal: false }];
      });
    } catch (error) {
      const reason = error instanceof Error ? error.name : String(error);
      return batch.map(({ index }) => ({ index, reason, isFinal: false }));
    }
  }

  return {
    async put(messages) {
      const byConsumer = Map.groupBy(
        messages.map((message, index) => ({ ...message, index })),
        ({ consumer }) => consumer,
      );
      const calls = [...byConsumer].flatMap(([consumer, ofConsumer]) =>
        batchesOf(ofConsumer).map((batch) => send(batch, urlOf(consumer))),
      );
      return (await Promise.all(calls)).flat();
    },
  };
}

function batchesOf(messages: readonly Indexed[]): Indexed[][] {
  const count = Math.ceil(messages.length / MAX_ENTRIES);
  return Array.from({ length: count }, (_, batch) =>
    messages.slice(batch * MAX_ENTRIES, (batch + 1) * MAX_ENTRIES),
  );
}
