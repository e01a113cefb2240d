import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalQueue } from './queue-engine.ts';

/** One message that could not be handled. */
export interface DeadLetter {
  readonly queue: string;
  readonly body: string;
}

/** The dead letters of all queues that no function consumes. */
export interface DeadLetters {
  list(): DeadLetter[];
  /** Writes the changes that are not yet on disk. */
  stop(): void;
}

/**
 * Keeps the messages of queues without a consumer on disk. A person has to handle a dead letter, so it must survive a
 * restart. Other messages are relayed again from the stream after a restart.
 */
export function keepDeadLetters(queues: readonly LocalQueue[], dataDir: string): DeadLetters {
  const file = join(dataDir, 'dead-letters.json');
  const stored: DeadLetter[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  for (const { queue: name, body } of stored) queues.find((queue) => queue.name === name)?.restore(body);

  const list = (): DeadLetter[] =>
    queues.flatMap((queue) => queue.bodies().map((body) => ({ queue: queue.name, body })));
  let timer: NodeJS.Timeout | undefined;
  function write(): void {
    timer = undefined;
    writeFileSync(`${file}.new`, JSON.stringify(list(), null, 1));
    renameSync(`${file}.new`, file);
  }
  for (const queue of queues) queue.onMessage(() => (timer ??= setTimeout(write, 20)));
  return {
    list,
    stop: () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      write();
    },
  };
}
