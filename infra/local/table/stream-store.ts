import { DatabaseSync } from 'node:sqlite';
import type { StreamRecord } from './stream-record.ts';

/** The part of the table engine's file that holds the stream records. */
export interface StreamStore {
  /**
   * The next records of a table's stream after this number, oldest first, in the form in which the engine gives them,
   * each with the shard that it is in. The records before the first have the number 0.
   */
  read(tableName: string, afterSequenceNumber: number, max: number): StoredRecord[];
  /**
   * Removes at most `max` records of a table's stream that are older than this one. Gives the number of removed
   * records.
   */
  trim(tableName: string, beforeSequenceNumber: number, max: number): number;
  close(): void;
}

/** A record and the shard that it is in. */
interface StoredRecord {
  readonly shardId: string;
  readonly record: StreamRecord;
}

interface Row {
  readonly event_name: StreamRecord['eventName'];
  readonly keys_json: string;
  readonly new_image: string | null;
  readonly old_image: string | null;
  readonly sequence_number: string;
  readonly shard_id: string;
  readonly created_at: number;
  readonly stream_view_type: string;
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
  const next = database.prepare(
    `SELECT event_name, keys_json, new_image, old_image, sequence_number, shard_id, _stream_records.created_at,
       stream_view_type
     FROM _stream_records JOIN _tables USING (table_name)
     WHERE table_name = ? AND ${sequence} > ? ORDER BY ${sequence} LIMIT ?`,
  );
  return {
    read: (tableName, after, max) => (next.all(tableName, after, max) as unknown as Row[]).map(storedRecord),
    trim: (tableName, before, max) => Number(remove.run(tableName, before, max).changes),
    close: () => database.close(),
  };
}

function storedRecord(row: Row): StoredRecord {
  const images = [row.keys_json, row.new_image, row.old_image].filter((json) => json !== null);
  return {
    shardId: row.shard_id,
    record: {
      eventID: row.sequence_number,
      eventName: row.event_name,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        Keys: JSON.parse(row.keys_json),
        ...(row.new_image === null ? {} : { NewImage: JSON.parse(row.new_image) }),
        ...(row.old_image === null ? {} : { OldImage: JSON.parse(row.old_image) }),
        SequenceNumber: row.sequence_number,
        SizeBytes: images.reduce((sum, json) => sum + Buffer.byteLength(json), 0),
        StreamViewType: row.stream_view_type,
        ApproximateCreationDateTime: row.created_at,
      },
    },
  };
}
