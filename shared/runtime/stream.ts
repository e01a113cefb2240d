import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Image, imageOf } from '../aws/relay/image.ts';
import { inTime } from './in-time.ts';
import { once } from './once.ts';

/** A written item of the table, and its position in the stream. */
export interface NewItem {
  readonly attributes: Image;
  readonly sequenceNumber: string;
}

/**
 * The function behind the table's stream. `handle` returns the first item that failed; the stream continues from there.
 * Only the changes of one item come in the order of their writes. The facts of an order are items of their own.
 */
export function stream<Deps>(
  deps: () => Deps,
  handle: (items: readonly NewItem[], deps: Deps) => Promise<NewItem | undefined>,
) {
  const made = once(deps);
  return async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const failed = await inTime(context, () => handle(event.Records.map(newItem), made()));
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.sequenceNumber }] };
  };
}

function newItem(record: DynamoDBRecord): NewItem {
  return {
    attributes: imageOf(record.dynamodb?.NewImage ?? {}),
    sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
  };
}
