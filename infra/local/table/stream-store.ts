import { DatabaseSync } from 'node:sqlite';

/** The part of the table engine's file that holds the stream records. */
export interface StreamStore {
  /**
   * Removes at most `max` records of a table's stream that are older than this one. Gives the number of removed
   * records.
   */
  trim(tableName: string, beforeSequenceNumber: number, max: number): number;
  close(): void;
}

/**
 * Opens the stream records in the file of the native engine, while the engine runs.
 *
 * At every write the engine looks for the highest sequence number. Without an index it reads all records for this:
 * after a few thousand records a write takes milliseconds, and later writes take longer still. The index keeps the
 * time constant. DynamoDB removes a stream record after 24 hours, but the engine never does. So the records are
 * removed here.
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
