import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';

/** Most items that one transaction writes. */
export const MAX_ITEMS = 100;

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * `written`, or which items stood in the way: `condition` when the item's condition did not hold (with the
 * item as it was, where asked for), `contended` when another transaction had one at that moment. Then nothing
 * is said of conditions: the other transaction may have written the one item already and not yet the next, so
 * that stock seems gone to a repeat of the very request that is taking it. `contended` names the items.
 */
export type TransactOutcome =
  | { readonly outcome: 'written' }
  | {
      readonly outcome: 'condition';
      readonly failed: readonly { index: number; item: Record<string, unknown> | undefined }[];
    }
  | { readonly outcome: 'contended'; readonly contended: readonly number[] };

/** Writes all items or none. Throws on anything but a refused condition or contention. */
export async function transact(table: Table, items: TransactItem[]): Promise<TransactOutcome> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    return { outcome: 'written' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = reasons.flatMap((reason, index) =>
      reason.Code === CONDITION ? [{ index, item: reason.Item as Record<string, unknown> | undefined }] : [],
    );
    const others = reasons.flatMap(({ Code = 'None' }, index) =>
      Code === 'None' || Code === CONDITION ? [] : [{ code: Code, index }],
    );
    if (others.some(({ code }) => !CONTENTION.has(code))) throw error;
    if (others.length > 0) return { outcome: 'contended', contended: others.map(({ index }) => index) };
    if (failed.length > 0) return { outcome: 'condition', failed };
    throw error;
  }
}

const CONDITION = 'ConditionalCheckFailed';
const CONTENTION = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Whether a request was refused, after all its repeats, because too many read or write the same. */
export const isThrottled = (error: unknown): boolean => error instanceof Error && THROTTLED.has(error.name);

/** Waits a little, longer each time and never the same, so that contenders part. */
export async function backOff(attempt: number): Promise<void> {
  const maxMs = Math.min(10 * 2 ** attempt, 400);
  await new Promise((resolve) => setTimeout(resolve, maxMs * (0.5 + Math.random() / 2)));
}
