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

const ASKED = '"ReturnConsumedCapacity"';

/** The request with which the engine reports the consumed capacity, from its text and its members. */
export function askingCapacity(text: string, input: Input): string {
  if (asksCapacity(input)) return text;
  const end = text.lastIndexOf('}');
  // A request that says how it wants the capacity, or says nothing at all, is written anew.
  if (text.includes(ASKED) || Object.keys(input).length === 0)
    return JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' });
  return `${text.slice(0, end)},${ASKED}:"TOTAL"}`;
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
  const found = cutCapacity(text) ?? parseCapacity(text);
  if (found.consumed === undefined) return { status, text };
  count(operation, found.consumed, meter);
  return { status, text: asksCapacity(input) ? text : found.rest };
}

interface Found {
  readonly consumed: unknown;
  /** The answer without it. */
  readonly rest: string;
}

const REPORTED = '"ConsumedCapacity"';
/** The value of the member: an object of figures, or a list of them. */
const VALUE = /:\s*(\{[^{}]*\}|\[(?:\s*\{[^{}]*\}\s*,?)*\s*\])\s*/y;

/**
 * Cuts the capacity out of an answer without parsing the rest, which may hold long items. Undefined where the text does
 * not show for certain which member it is.
 */
function cutCapacity(text: string): Found | undefined {
  const start = text.indexOf(REPORTED);
  if (start === -1 || text.includes(REPORTED, start + 1)) return undefined;
  VALUE.lastIndex = start + REPORTED.length;
  const value = VALUE.exec(text)?.[1];
  if (value === undefined || !value.includes('"CapacityUnits"')) return undefined;
  const before = text.slice(0, start).trimEnd();
  const after = text.slice(VALUE.lastIndex);
  const rest = before.endsWith(',') ? before.slice(0, -1) + after : before + after.replace(/^,/, '');
  return { consumed: JSON.parse(value), rest };
}

function parseCapacity(text: string): Found {
  const { ConsumedCapacity: consumed, ...answer } = JSON.parse(text);
  return { consumed, rest: JSON.stringify(answer) };
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
