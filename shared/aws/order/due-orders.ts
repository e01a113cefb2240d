import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { attemptsSchema, type DueOrder, type DueOrders } from '../../order/index.ts';
import type { Table } from '../clients.ts';
import { allDueShards, DUE_INDEX, keys } from '../table.ts';
import { listPlace } from './head-places.ts';

/**
 * The sparse index of orders that are due for a look. An order is moved on the condition that its place is the one that
 * was read: a step that moved it meanwhile wins, and the order is looked at again at its new place.
 */
export function createDueOrders(table: Table): DueOrders {
  const unlessMoved = async (update: UpdateCommand): Promise<void> => {
    try {
      await table.client.send(update);
    } catch (error) {
      if (!hasMoved(error)) throw error;
    }
  };

  return {
    async due(now, max) {
      const shards = await Promise.all(
        allDueShards.map((shard) =>
          table.client.send(
            new QueryCommand({
              TableName: table.name,
              IndexName: DUE_INDEX,
              KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
              ExpressionAttributeValues: { ':shard': shard, ':now': now },
              Limit: max,
            }),
          ),
        ),
      );
      return shards.flatMap(({ Items = [] }) => Items.map(dueOrderOf));
    },

    async attempts(orderId) {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          ProjectionExpression: 'attempts',
          ConsistentRead: true,
        }),
      );
      return attemptsSchema.parse(Item?.attempts ?? {});
    },

    async postpone({ orderId, dueAt: place }, { dueAt, attempts }) {
      await unlessMoved(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          UpdateExpression: 'SET dueAt = :due, attempts = :attempts',
          ConditionExpression: 'dueAt = :place',
          ExpressionAttributeValues: { ':due': dueAt, ':attempts': attempts, ':place': place },
        }),
      );
    },

    async forget({ orderId, dueAt: place }, head, now) {
      const { listKey, listSort } = listPlace(orderId, head, now);
      await unlessMoved(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          UpdateExpression: 'SET listKey = :list, listSort = :sort REMOVE dueShard, dueAt, attempts',
          ConditionExpression: 'dueAt = :place',
          ExpressionAttributeValues: { ':place': place, ':list': listKey, ':sort': listSort },
        }),
      );
    },
  };
}

/** A step has moved the order since the read, or is writing its head at this moment. */
const hasMoved = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;

const dueOrderOf = (item: Readonly<Record<string, unknown>>): DueOrder => ({
  orderId: String(item.pk).slice('ORDER#'.length),
  dueAt: String(item.dueAt),
});
