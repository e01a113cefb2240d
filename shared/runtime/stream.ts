import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { once } from './once.ts';

/** A written item of the table: its texts, its numbers as texts, its bytes in base64, and its position in the stream. */
export interface NewItem {
  readonly attributes: Readonly<Record<string, string>>;
  readonly sequenceNumber: string;
}

/**
 * The function behind the table's stream. `handle` returns the first item that failed; the stream continues from there,
 * so that order within a partition is kept.
 */
export function stream<Deps>(
  deps: () => Deps,
  handle: (items: readonly NewItem[], deps: Deps) => Promise<NewItem | undefined>,
) {
  const made = once(deps);
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (event) => {
    const failed = await handle(event.Records.map(newItem), made());
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.sequenceNumber }] };
  });
}

function newItem(record: DynamoDBRecord): NewItem {
  const image = record.dynamodb?.NewImage ?? {};
  return {
    attributes: Object.fromEntries(
      Object.entries(image).flatMap(([name, { S, N = S, B = N }]) => (B === undefined ? [] : [[name, B]])),
    ),
    sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
  };
}
