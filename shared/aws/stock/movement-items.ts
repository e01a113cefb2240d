import { dayMs, type Instant, later } from '../../kernel/time.ts';
import type { MovementOutcome, StockMovement } from '../../stock/index.ts';
import { expiresAt, type Key, keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { unwrapped } from './buckets.ts';

/** Keys of movements can't collide with those of storefronts, whose ids are in small letters. */
const SCOPE = 'STOCK';
/**
 * How many days a repeat is recognised when its key comes with another SKU. For its own SKU it is recognised for ever.
 */
const REPEAT_DAYS = 45;

export const claimKey = (key: string): Key => keys.idempotency(SCOPE, key);

/**
 * The claim of the key, for any use; and the movement, kept for ever, because positions can be rebuilt from the
 * movements.
 */
export function movementItems(
  tableName: string,
  { movement, key, now, print }: { movement: StockMovement; key: string; now: Instant; print: string },
): TransactItem[] {
  const put = (item: Record<string, unknown>): TransactItem => ({
    Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  return [
    put({ ...claimKey(key), fingerprint: print, expiresAt: expiresAt(later(now, REPEAT_DAYS * dayMs)) }),
    put({ ...keys.movement(movement.sku, key), movement, recordedAt: now, fingerprint: print }),
  ];
}

/** The effect of a movement on its transfer. */
export function transferItem(tableName: string, movement: StockMovement, now: Instant): TransactItem[] {
  if (movement.kind === 'dispatch-transfer') {
    const { sku, transferId, warehouseId, toWarehouseId, quantity, expectedAt } = movement;
    const transfer = {
      fromWarehouseId: warehouseId,
      toWarehouseId,
      quantity,
      open: quantity,
      received: 0,
      writtenOff: 0,
      dispatchedAt: now,
      expectedAt,
    };
    return [
      {
        Put: {
          TableName: tableName,
          Item: { ...keys.transfer(sku, transferId), ...transfer },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ];
  }
  if (movement.kind !== 'receive-transfer') return [];
  const { sku, transferId, warehouseId, quantity, writeOff } = movement;
  const lost = writeOff?.quantity ?? 0;
  return [
    {
      Update: {
        TableName: tableName,
        Key: keys.transfer(sku, transferId),
        UpdateExpression: 'ADD #open :closed, received :received, writtenOff :lost',
        ConditionExpression: '#open >= :needed AND toWarehouseId = :here',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: {
          ':closed': -(quantity + lost),
          ':needed': quantity + lost,
          ':received': quantity,
          ':lost': lost,
          ':here': warehouseId,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  ];
}

/** Why the transfer refused the movement, from the transfer as it is. */
export function whyTransferRefused(
  movement: StockMovement,
  transfer: Record<string, unknown> | undefined,
): MovementOutcome {
  if (movement.kind === 'dispatch-transfer') return 'transfer-exists';
  if (transfer === undefined) return 'transfer-unknown';
  return unwrapped(transfer).toWarehouseId === movement.warehouseId ? 'not-enough' : 'transfer-elsewhere';
}
