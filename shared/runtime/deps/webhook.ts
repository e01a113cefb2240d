import { createQueueSender } from '../../aws/queue/queue-sender.ts';
import { baseDeps } from './base.ts';

/** For taking a partner's calls and handing them to the queue of the function that interprets them. */
export function webhookDeps() {
  const { settings, clock } = baseDeps();
  return { clock, queue: createQueueSender(settings.queueUrl('callbacks')) };
}
