import type { LocalQueue } from './queue-engine.ts';

/** One message that could not be handled. */
export interface DeadLetter {
  readonly queue: string;
  readonly body: string;
}

/** The messages of queues that no function consumes, each queue's oldest first: work for a person. */
export function listDeadLetters(queues: Iterable<LocalQueue>): DeadLetter[] {
  const parking = [...queues].filter(({ isConsumed }) => !isConsumed);
  return parking.flatMap((queue) => queue.bodies().map((body) => ({ queue: queue.name, body })));
}
