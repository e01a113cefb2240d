import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DueOrders } from '../../order/index.ts';
import type { Table } from '../clients.ts';
import { allDueShards, DUE_INDEX, keys } from '../table.ts';

/** The sparse index of orders that are due for a look. */
export function createDueOrders(table: Table): DueOrders {
  /** An order that moved on or ended since the read needs no update. */
  const unlessMoved = async (update: UpdateCommand): Promise<void> => {
    try {
      await table.client.send(update);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
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
      return shards.flatMap(({ Items = [] }) => Items.map((item) => String(item.pk).slice('ORDER#'.length)));
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
          ConditionExpression: 'attribute_exists(dueShard) AND version = :version',
          ExpressionAttributeValues: { ':due': dueAt, ':attempts': attempts, ':version': version },
        }),
      );
    },

    async forget(orderId, version) {
      await unlessMoved(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.head(orderId),
          UpdateExpression: 'REMOVE dueShard, dueAt',
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      );
    },
  };
}
