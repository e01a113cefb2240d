import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Clock, Instant } from '../../kernel/time.ts';
import { later, secondMs, toInstant } from '../../kernel/time.ts';
import type { StockPlace } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { keys } from '../table.ts';
import { type Layout, layoutOf } from './buckets.ts';

/** How long a lease lasts, if its holder crashes. */
const LEASE_MS = 60 * secondMs;
/** When the holder stops by itself: well before another one may begin. */
const WORK_MS = 25 * secondMs;

export interface StockLease {
  readonly layout: Layout;
  /** Whether there is time left for another step. */
  holds(): boolean;
  /** Writes the new layout of the place. */
  writeLayout(layout: Partial<Pick<Layout, 'buckets' | 'spread' | 'maxEver' | 'minBuckets'>>): Promise<void>;
  release(): Promise<void>;
}

/** Whether a process is moving units between the place's buckets, or may be. */
export const isLeased = ({ leasedUntil }: Layout, now: Instant): boolean =>
  leasedUntil !== undefined && leasedUntil > now;

/**
 * Acquires an exclusive lease to move units between the buckets of a place. The lease and its epoch also tell a reader
 * of all buckets whether units moved while it was reading.
 */
export async function leaseStock(
  table: Table,
  place: StockPlace,
  { clock, leaseId }: { readonly clock: Clock; readonly leaseId: string },
): Promise<StockLease | 'unknown' | 'busy'> {
  const key = { TableName: table.name, Key: keys.stock(place.sku, place.warehouseId) };
  const startedAt = clock().getTime();
  const now = toInstant(clock());
  const taken = await updateMain(table, {
    ...key,
    UpdateExpression: 'SET leasedBy = :me, leasedUntil = :until, changedBy = :by ADD epoch :one',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(leasedUntil) OR leasedUntil < :now)',
    ExpressionAttributeValues: {
      ':me': leaseId,
      ':until': later(now, LEASE_MS),
      ':now': now,
      ':one': 1,
      ':by': 'buckets',
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  if (taken === 'refused') return 'busy';
  if (taken === 'missing') return 'unknown';
  const mine = { ConditionExpression: 'leasedBy = :me' };
  return {
    layout: layoutOf(taken),
    holds: () => clock().getTime() - startedAt < WORK_MS,
    async writeLayout(layout) {
      const set = Object.entries(layout);
      const written = await updateMain(table, {
        ...key,
        ...mine,
        UpdateExpression: `SET ${set.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: {
          ':me': leaseId,
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        },
        ReturnValues: 'ALL_NEW',
      });
      if (typeof written === 'string') throw new Error('the lease of the stock was lost');
    },
    async release() {
      await updateMain(table, {
        ...key,
        ...mine,
        UpdateExpression: 'REMOVE leasedBy, leasedUntil',
        ExpressionAttributeValues: { ':me': leaseId },
      });
    },
  };
}

/** An update of the first bucket's item. */
async function updateMain(
  table: Table,
  update: UpdateCommandInput,
): Promise<Record<string, unknown> | 'refused' | 'missing'> {
  try {
    const { Attributes } = await table.client.send(new UpdateCommand(update));
    return Attributes ?? {};
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? 'missing' : 'refused';
  }
}
