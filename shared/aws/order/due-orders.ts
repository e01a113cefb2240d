import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DueOrders } from '../../order/index.ts';
import type { Table } from '../clients.ts';
import { allDueShards, DUE_INDEX, keys } from '../table.ts';

/** The sparse index of orders that are due for a look. */
export function createDueOrders(table: Table): DueOrders {
  /** The places of the orders that were read last: an order is moved only while its place is still that one. */
  const places = new Map<string, string>();

  /** An order that moved on or ended since the read needs no update. */
  const unlessMoved = async (update: UpdateCommand): Promise<void> => {
    try {
      await table.client.send(update);
    } catch (error) {
      const isTaken =
        error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
      if (!isTaken) throw error;
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
      return shards.flatMap(({ Items = [] }) =>
        Items.map((item) => {
          const orderId = String(item.pk).slice('ORDER#'.length);
          places.set(orderId, String(item.dueAt));
          return orderId;
        }),
      );
    },

    async attempts(orderId, version) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': keys.head(orderId).pk, ':sk': keys.head(orderId).sk },
          ConsistentRead: true,
        }),
      );
      const head = Items[0];
      return head?.attemptedVersion === version ? Number(head.attempts) : 0;
    },

    async postpone(orderId, { dueAt, version, attempts }) {
      await unlessMoved(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          UpdateExpression: 'SET dueAt = :due, attempts = :attempts, attemptedVersion = :version',
          ConditionExpression: 'dueAt = :read',
          ExpressionAttributeValues: {
            ...{ ':due': dueAt, ':attempts': attempts, ':version': version },
            ':read': places.get(orderId) ?? dueAt,
          },
        }),
      );
    },

    async forget(orderId) {
      await unlessMoved(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          UpdateExpression: 'REMOVE dueShard, dueAt',
          ConditionExpression: 'dueAt = :read',
          ExpressionAttributeValues: { ':read': places.get(orderId) ?? '' },
        }),
      );
    },
  };
}
