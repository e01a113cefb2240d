import { type EngineClient, EngineError } from './engine-client.ts';
import type { StreamRecord } from './stream-record.ts';
import type { StreamStore } from './stream-store.ts';

/**
 * A position in a stream: the shard, and the last record that was read from it. At the start of a shard the record is
 * undefined.
 */
export interface StreamPosition {
  readonly shardId: string;
  readonly sequenceNumber?: string;
}

/** Reads a table's stream from one position on. */
export interface StreamReader {
  /** The next records, oldest first; empty when there is nothing new. */
  read(): Promise<StreamRecord[]>;
  /** The position after the last record that `read` gave; undefined while the stream has no shard. */
  position(): StreamPosition | undefined;
}

const api = 'DynamoDBStreams_20120810';
const max = 1000;
/** A read of the file is quick, and what is read stays in memory until it is handed over. */
const MAX_STORED = 100;

interface Shard {
  readonly ShardId: string;
}

/**
 * Opens the stream of a table after a position, or at its oldest record, in the file of our own engine. The engine
 * would answer while it works on nothing else, and its records would be read from JSON twice.
 */
export function openStoredStream(
  store: StreamStore,
  tableName: string,
  from: StreamPosition | undefined,
): StreamReader {
  let position = from;
  return {
    position: () => position,
    read: async () => {
      const stored = store.read(tableName, Number(position?.sequenceNumber ?? 0), MAX_STORED);
      const last = stored.at(-1);
      if (last !== undefined)
        position = { shardId: last.shardId, sequenceNumber: last.record.dynamodb.SequenceNumber };
      return stored.map(({ record }) => record);
    },
  };
}

/**
 * Opens the stream of a table after a position, or at its oldest record, by the calls of the API.
 * Throws an Error when the table has no stream.
 */
export async function openStream(
  engine: EngineClient,
  tableName: string,
  from: StreamPosition | undefined,
): Promise<StreamReader> {
  const { Streams } = await engine.call<{ Streams?: { StreamArn: string }[] }>(`${api}.ListStreams`, {
    TableName: tableName,
  });
  const StreamArn = Streams?.at(-1)?.StreamArn;
  if (StreamArn === undefined) throw new Error(`the table ${tableName} has no stream`);
  let position = from;
  let iterator: string | undefined;

  async function shards(): Promise<readonly Shard[]> {
    const { StreamDescription } = await engine.call<{ StreamDescription: { Shards?: Shard[] } }>(
      `${api}.DescribeStream`,
      { StreamArn },
    );
    return StreamDescription.Shards ?? [];
  }

  async function openIterator(): Promise<string | undefined> {
    if (position === undefined) {
      const [first] = await shards();
      if (first === undefined) return undefined;
      position = { shardId: first.ShardId };
    }
    const { shardId: ShardId, sequenceNumber: SequenceNumber } = position;
    const place =
      SequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
    const { ShardIterator } = await engine.call<{ ShardIterator: string }>(`${api}.GetShardIterator`, {
      StreamArn,
      ShardId,
      ...place,
    });
    return ShardIterator;
  }

  // A closed shard that is read to its end gives no next iterator. The next shard in the list continues it.
  async function nextShard(): Promise<boolean> {
    const all = await shards();
    const next = all[all.findIndex(({ ShardId }) => ShardId === position?.shardId) + 1];
    if (next === undefined) return false;
    position = { shardId: next.ShardId };
    return true;
  }

  return {
    position: () => position,
    read: async () => {
      for (;;) {
        iterator ??= await openIterator();
        if (iterator === undefined) return [];
        let answer: { Records?: StreamRecord[]; NextShardIterator?: string };
        try {
          answer = await engine.call(`${api}.GetRecords`, { ShardIterator: iterator, Limit: max });
        } catch (error) {
          const expired = error instanceof EngineError && error.name === 'ExpiredIteratorException';
          iterator = undefined;
          if (expired) continue;
          throw error;
        }
        const records = answer.Records ?? [];
        iterator = answer.NextShardIterator;
        const last = records.at(-1);
        if (last !== undefined && position !== undefined) {
          position = { shardId: position.shardId, sequenceNumber: last.dynamodb.SequenceNumber };
        }
        if (records.length > 0) return records;
        if (iterator !== undefined || !(await nextShard())) return [];
      }
    },
  };
}
