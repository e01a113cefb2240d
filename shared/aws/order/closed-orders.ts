import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ClosedOrders } from '../../privacy/index.ts';
import type { Table } from '../clients.ts';
import { allListShards, keys, LISTS_INDEX } from '../table.ts';

const doneSchema = z.record(z.string(), z.string());

/** A character that sorts after each one of an order's id. */
const AFTER_EVERY_ID = '~';

/**
 * The list of closed orders, which is sorted by when they came there, and how far the erasure has read it. The list's
 * index has what it needs, so that an order's end writes nothing for its erasure.
 */
export function createClosedOrders(table: Table): ClosedOrders {
  const shards = allListShards('closed');
  return {
    shards: shards.length,

    async page(shard, { after, until, max }) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: LISTS_INDEX,
          KeyConditionExpression: 'listKey = :shard AND listSort BETWEEN :after AND :until',
          ExpressionAttributeValues: {
            ':shard': shards[shard],
            ':after': after === '' ? '0' : `${after}${AFTER_EVERY_ID}`,
            ':until': `${until}#${AFTER_EVERY_ID}`,
          },
          Limit: max,
        }),
      );
      return Items.map(({ pk, listSort }) => ({
        orderId: String(pk).slice('ORDER#'.length),
        place: String(listSort),
      }));
    },

    async done() {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.erasedUpTo, ConsistentRead: true }),
      );
      return Item === undefined ? {} : doneSchema.parse(Item.done);
    },

    async setDone(done) {
      await table.client.send(new PutCommand({ TableName: table.name, Item: { ...keys.erasedUpTo, done } }));
    },
  };
}
