import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later } from '../../kernel/time.ts';
import type { UnchangedRequests } from '../../screening/index.ts';
import type { Table } from '../clients.ts';
import { expiresAt, keys } from '../table.ts';

/** How long a repeat of the request is recognised. */
const REPEAT_DAYS = 45;

/** Storefronts' ids are in small letters, so that their requests have other keys. */
const scopeOf = (orderId: string) => `DECISION#${orderId}`;

/** Operators' requests that changed nothing, one item each. */
export function createUnchangedRequests(table: Table): UnchangedRequests {
  return {
    async find(orderId, key) {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: keys.idempotency(scopeOf(orderId), key),
          ConsistentRead: true,
        }),
      );
      return typeof Item?.print === 'string' ? Item.print : undefined;
    },
    async keep(orderId, { key, print }, now) {
      const item = {
        ...keys.idempotency(scopeOf(orderId), key),
        print,
        expiresAt: expiresAt(later(now, REPEAT_DAYS * dayMs)),
      };
      const put = new PutCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await table.client.send(put).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
  };
}
