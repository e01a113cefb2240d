import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { CONTENTION } from './busy.ts';
import type { Table } from './clients.ts';

/** The most items that one transaction writes. */
export const MAX_ITEMS = 100;

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * `written`, or the items that prevented it. `condition`: the item's condition was false (with the item, if requested).
 * `contended`: another transaction was writing the item at that moment. With contention no conditions are reported: the
 * other transaction may have written one item and not yet the next, so that a repeated request would see its own stock
 * as gone.
 */
export type TransactOutcome =
  | { readonly outcome: 'written' }
  | {
      readonly outcome: 'condition';
      readonly failed: readonly { index: number; item: Record<string, unknown> | undefined }[];
    }
  | { readonly outcome: 'contended'; readonly contended: readonly number[] };

/** Writes all items or none. Throws on everything except a false condition or contention. */
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
