import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivate } from '../../private-file.ts';

/** A message on disk. */
interface KeptMessage {
  readonly id: string;
  readonly body: string;
}

/** The messages that must outlive this process. */
export interface MessageFile {
  /** The messages that lay in a queue when the last process ended, oldest first. */
  of(queueName: string): KeptMessage[];
  /** Writes a message to disk before it returns, or notes that it lies in another queue now. */
  keep(message: KeptMessage, queueName: string): void;
  /** Removes a message; does nothing for one that was not kept. */
  forget(id: string): void;
  close(): void;
}

/**
 * Opens the file of the messages that are in no stream: those that functions sent themselves, and dead letters. All
 * other messages are relayed again from the stream after a restart.
 */
export function openMessageFile(dataDir: string): MessageFile {
  const file = join(dataDir, 'queue-messages.db');
  // A partner's call in a queue may name people.
  makePrivate(file);
  const database = new DatabaseSync(file, { timeout: 5000 });
  // What was written survives the end of this process; only a crash of the machine may lose the last writes.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL)',
  );
  const select = database.prepare('SELECT id, body FROM messages WHERE queue = ? ORDER BY rowid');
  const insert = database.prepare(
    'INSERT INTO messages (id, queue, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET queue = excluded.queue',
  );
  const remove = database.prepare('DELETE FROM messages WHERE id = ?');
  const all = database.prepare('SELECT id FROM messages').all();
  const kept = new Set(all.map(({ id }) => String(id)));
  return {
    of: (queueName) => select.all(queueName).map(({ id, body }) => ({ id: String(id), body: String(body) })),
    keep: ({ id, body }, queueName) => {
      insert.run(id, queueName, body);
      kept.add(id);
    },
    forget: (id) => {
      if (kept.delete(id)) remove.run(id);
    },
    close: () => database.close(),
  };
}
