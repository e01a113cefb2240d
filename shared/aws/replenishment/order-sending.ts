import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderState } from '../../replenishment/purchasing/order-state.ts';
import type { OrderStore } from '../../replenishment/purchasing/ports.ts';
import type { Table } from '../clients.ts';
import { DUE_INDEX } from '../table.ts';
import { DUE_SENDING, REPLENISHMENT_PREFIX, replenishmentKeys } from './replenishment-keys.ts';

type Sending = Pick<OrderStore, 'dueToSend' | 'beginSending' | 'sendingFailed' | 'cancellationDone'>;

/** What is to be sent to suppliers, and how often it was tried: attributes of the head of an order. */
export function createOrderSending(table: Table): Sending {
  return {
    async dueToSend(now, limit) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
          ExpressionAttributeValues: { ':shard': DUE_SENDING, ':now': now },
          Limit: limit,
        }),
      );
      return Items.map(({ pk }) => String(pk).slice(REPLENISHMENT_PREFIX.length));
    },

    beginSending: ({ state, sendAttempts }, now, until) =>
      updateHead(table, state, {
        UpdateExpression: 'SET sendingUntil = :until, dueAt = :until',
        ConditionExpression:
          'dueShard = :shard AND sendAttempts = :attempts AND (attribute_not_exists(sendingUntil) OR sendingUntil <= :now)',
        ExpressionAttributeValues: {
          ...{ ':until': until, ':now': now, ':shard': DUE_SENDING, ':attempts': sendAttempts },
        },
      }),

    async cancellationDone({ state }, takenAt) {
      await updateHead(table, state, {
        UpdateExpression: `${takenAt === undefined ? '' : 'SET cancellationTakenAt = :taken '}REMOVE dueShard, dueAt, sendingUntil`,
        ConditionExpression: 'dueShard = :shard',
        ExpressionAttributeValues: {
          ':shard': DUE_SENDING,
          ...(takenAt === undefined ? {} : { ':taken': takenAt }),
        },
      });
    },

    async sendingFailed({ state, sendAttempts }, retryAt) {
      await updateHead(table, state, {
        UpdateExpression: 'SET dueAt = :retry, sendAttempts = :next REMOVE sendingUntil',
        ConditionExpression: 'dueShard = :shard AND sendAttempts = :attempts',
        ExpressionAttributeValues: {
          ...{ ':retry': retryAt, ':next': sendAttempts + 1, ':attempts': sendAttempts },
          ':shard': DUE_SENDING,
        },
      });
    },
  };
}

/** Changes the head; false where it is no longer as the condition says. */
async function updateHead(
  table: Table,
  { replenishmentOrderId }: OrderState,
  update: {
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
  },
): Promise<boolean> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: replenishmentKeys.head(replenishmentOrderId),
        ...update,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
