import { openTable } from '../../aws/clients.ts';
import { createRecordStream } from '../../aws/lake/record-stream.ts';
import { createQueueSender, type QueueSender } from '../../aws/queue/queue-sender.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

const clock = () => new Date();

/** For sending again what could not be sent to the lake. */
export const captureAgainDeps = () => {
  const settings = readSettings();
  return { outlet: createRecordStream(settings.recordStream()), table: openTable(settings.tableName), clock };
};

/** For sending what the lake keeps to its delivery stream. */
export const captureDeps = () => ({ ...captureAgainDeps(), unrelayed: unrelayedQueue() });

// The client is made for the first item that can't be sent: most starts need none.
function unrelayedQueue(): QueueSender {
  const queue = once(() => createQueueSender(readSettings().queueUrl('unrelayed')));
  return { send: (body) => queue().send(body) };
}
