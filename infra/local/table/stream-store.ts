import { DatabaseSync } from 'node:sqlite';

/** The part of the table engine's file that holds the stream records. */
export interface StreamStore {
  /** Removes up to `most` records of a table's stream that are older than this one; gives how many. */
  trim(tableName: string, beforeSequenceNumber: number, max: number): number;
  close(): void;
}

/**
 * Opens the stream records of the native engine's file beside the running engine.
 *
 * The engine looks for the highest sequence number at every write, and without an index reads all records for it:
 * a write takes milliseconds after a few thousand and slows down with every further one. The index makes it flat.
 * The engine never removes a record either, where the service does after 24 hours, so the file is trimmed here.
 */
export function openStreamStore(file: string): StreamStore {
  const database = new DatabaseSync(file, { timeout: 5000 });
  const sequence = 'CAST(sequence_number AS INTEGER)';
  database.exec(`CREATE INDEX IF NOT EXISTS stream_order ON _stream_records (table_name, ${sequence})`);
  const remove = database.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records WHERE table_name = ? AND ${sequence} < ? ORDER BY ${sequence} LIMIT ?)`,
  );
  return {
    trim: (tableName, before, max) => Number(remove.run(tableName, before, max).changes),
    close: () => database.close(),
  };
}
