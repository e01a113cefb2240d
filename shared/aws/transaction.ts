import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * `written`, or which items stood in the way: `condition` when the item's condition did not hold (with the
 * item as it was, where asked for), `contended` when another transaction had it at that moment.
 */
export type TransactOutcome =
  | { readonly outcome: 'written' }
  | {
      readonly outcome: 'condition';
      readonly failed: readonly { index: number; item: Record<string, unknown> | undefined }[];
    }
  | { readonly outcome: 'contended' };

/** Writes all items or none. Throws on anything but a refused condition or contention. */
export async function transact(table: Table, items: TransactItem[]): Promise<TransactOutcome> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    return { outcome: 'written' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = reasons.flatMap((reason, index) =>
      reason.Code === 'ConditionalCheckFailed'
        ? [{ index, item: reason.Item as Record<string, unknown> | undefined }]
        : [],
    );
    if (failed.length > 0) return { outcome: 'condition', failed };
    const contended = reasons.every(
      ({ Code }) => Code === 'None' || Code === undefined || CONTENTION.has(Code),
    );
    if (contended && reasons.length > 0) return { outcome: 'contended' };
    throw error;
  }
}

const CONTENTION = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Waits a little, longer each time and never the same, so that contenders part. */
export async function backOff(attempt: number): Promise<void> {
  const mostMs = Math.min(10 * 2 ** attempt, 400);
  await new Promise((resolve) => setTimeout(resolve, mostMs * (0.5 + Math.random() / 2)));
}
