import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Attribute, type Image, imageOf } from '../aws/relay/image.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import { inTime } from './in-time.ts';
import { once } from './once.ts';

/** A written item of the table, and its position in the stream. */
export interface NewItem {
  readonly attributes: Image;
  /** The same item with every attribute, as the stream has it. */
  readonly raw: Readonly<Record<string, Attribute>>;
  readonly sequenceNumber: string;
  /** When it was written, to the second, UTC. */
  readonly at: Instant;
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
  const { NewImage = {}, SequenceNumber = '', ApproximateCreationDateTime = 0 } = record.dynamodb ?? {};
  return {
    attributes: imageOf(NewImage),
    raw: NewImage,
    sequenceNumber: SequenceNumber,
    at: toInstant(new Date(ApproximateCreationDateTime * 1000)),
  };
}
