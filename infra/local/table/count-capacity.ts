import type { Meter } from '../cloud-parts.ts';
import type { EngineAnswer } from './engine-client.ts';

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

const asked = '"ReturnConsumedCapacity":';
const given = Buffer.from('"ConsumedCapacity":');
const comma = ','.charCodeAt(0);
const whiteSpace: readonly number[] = [...' \n\r\t'].map((letter) => letter.charCodeAt(0));

/** A request to the engine, and whether the caller itself asked for the consumed capacity. */
export interface CountedRequest {
  readonly body: Buffer;
  readonly callerAsked: boolean;
}

/** Changes a request so that the engine's answer reports the consumed capacity. */
export function askCapacity(body: Buffer): CountedRequest {
  if (body.includes(asked)) {
    const input = JSON.parse(body.toString());
    const wanted: unknown = input.ReturnConsumedCapacity;
    if (wanted === 'TOTAL' || wanted === 'INDEXES') return { body, callerAsked: true };
    return {
      body: Buffer.from(JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' })),
      callerAsked: false,
    };
  }
  const start = body.indexOf('{') + 1;
  const separator = body.subarray(start).toString().trim() === '}' ? '' : ',';
  const addition = Buffer.from(`{${asked}"TOTAL"${separator}`);
  return { body: Buffer.concat([addition, body.subarray(start)]), callerAsked: false };
}

/**
 * Counts the read and write request units that an answer reports. Gives the answer in the form that the caller asked
 * for.
 *
 * The engine computes units as DynamoDB does: per item and index, from the size of the item. A write unit is 1 KB. A
 * read unit is 4 KB, and costs half when the read is eventually consistent. A transaction costs double. A write that
 * its condition refused is billed too. The engine does not report its units, so the smallest possible number is
 * counted.
 */
export function countCapacity(
  operation: string,
  { status, body }: EngineAnswer,
  callerAsked: boolean,
  meter: Meter,
): Buffer {
  if (status !== 200) {
    countRefused(operation, body, meter);
    return body;
  }
  const at = body.lastIndexOf(given);
  if (at < 0) return body;
  const consumed = parseLast(body, at);
  if (consumed === undefined) return countAnywhere(operation, body, callerAsked, meter);
  count(operation, consumed, meter);
  if (callerAsked) return body;
  return Buffer.concat([body.subarray(0, endBefore(body, at)), Buffer.from('}')]);
}

/** The end of the members before this place. Some engines write white space after the comma. */
function endBefore(body: Buffer, at: number): number {
  let end = at;
  while (whiteSpace.includes(body[end - 1] ?? 0)) end -= 1;
  return body[end - 1] === comma ? end - 1 : end;
}

// The engine writes the capacity as the last member of its answer. So the text after the key is complete JSON.
function parseLast(body: Buffer, at: number): unknown {
  try {
    return JSON.parse(body.toString('utf8', at + given.length, body.length - 1));
  } catch {
    return undefined;
  }
}

function countAnywhere(operation: string, body: Buffer, callerAsked: boolean, meter: Meter): Buffer {
  const { ConsumedCapacity, ...answer } = JSON.parse(body.toString());
  if (ConsumedCapacity !== undefined) count(operation, ConsumedCapacity, meter);
  return callerAsked ? body : Buffer.from(JSON.stringify(answer));
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

function countRefused(operation: string, body: Buffer, meter: Meter): void {
  if (!writeOperations.has(operation)) return;
  if (body.includes('ConditionalCheckFailedException')) meter('dynamodb.writeUnits', 1);
  if (!body.includes('TransactionCanceledException')) return;
  const { CancellationReasons } = JSON.parse(body.toString()) as { CancellationReasons?: unknown[] };
  meter('dynamodb.writeUnits', 2 * (CancellationReasons?.length ?? 1));
}
