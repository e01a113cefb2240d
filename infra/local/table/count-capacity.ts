import type { Meter } from '../cloud-parts.ts';
import type { EngineAnswer } from './engine-client.ts';
import type { Input } from './table-actions.ts';

interface Consumed {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

const readOperations = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);
const writeOperations = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

/** Whether an operation reads or writes items. Such an operation is billed. */
export function isItemOperation(operation: string): boolean {
  return readOperations.has(operation) || writeOperations.has(operation);
}

/** Whether an operation writes items. */
export function isWrite(operation: string): boolean {
  return writeOperations.has(operation);
}

/** An answer in the form that the caller asked for. */
export interface CountedAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

/** Whether the caller itself wants to know the consumed capacity. */
function asksCapacity({ ReturnConsumedCapacity: wanted }: Input): boolean {
  return wanted === 'TOTAL' || wanted === 'INDEXES';
}

/** The request with which the engine reports the consumed capacity. */
export function askingCapacity(input: Input): Buffer {
  const asking = asksCapacity(input) ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' };
  return Buffer.from(JSON.stringify(asking));
}

/**
 * Counts the read and write request units that the engine's answer to an operation reports. Gives the answer without
 * them where the caller did not ask for them.
 *
 * The engine computes units as DynamoDB does: per item and index, from the size of the item. A write unit is 1 KB. A
 * read unit is 4 KB, and costs half when the read is eventually consistent. A transaction costs double. A write that
 * its condition refused is billed too. The engine does not report its units, so the smallest possible number is
 * counted.
 */
export function countCapacity(
  operation: string,
  input: Input,
  { status, body }: EngineAnswer,
  meter: Meter,
): CountedAnswer {
  const text = body.toString();
  if (status !== 200) {
    countRefused(operation, text, meter);
    return { status, text };
  }
  const { ConsumedCapacity, ...answer } = JSON.parse(text);
  if (ConsumedCapacity === undefined) return { status, text };
  count(operation, ConsumedCapacity, meter);
  return { status, text: asksCapacity(input) ? text : JSON.stringify(answer) };
}

function count(operation: string, consumed: unknown, meter: Meter): void {
  for (const part of (Array.isArray(consumed) ? consumed : [consumed]) as Consumed[]) {
    const total = part.CapacityUnits ?? 0;
    // A repeated transaction with the same token reads what the first transaction wrote.
    const reads = readOperations.has(operation) ? total : (part.ReadCapacityUnits ?? 0);
    const writes = total - reads;
    if (reads > 0) meter('dynamodb.readUnits', reads);
    if (writes > 0) meter('dynamodb.writeUnits', writes);
  }
}

function countRefused(operation: string, text: string, meter: Meter): void {
  if (!writeOperations.has(operation)) return;
  if (text.includes('ConditionalCheckFailedException')) meter('dynamodb.writeUnits', 1);
  if (!text.includes('TransactionCanceledException')) return;
  const { CancellationReasons } = JSON.parse(text) as { CancellationReasons?: unknown[] };
  meter('dynamodb.writeUnits', 2 * (CancellationReasons?.length ?? 1));
}
