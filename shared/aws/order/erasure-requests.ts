import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantSchema } from '../../kernel/time.ts';
import type { ErasureRequest, ErasureRequests } from '../../privacy/index.ts';
import type { Table } from '../clients.ts';
import { keys } from '../table.ts';

const itemSchema = z.object({
  erasureId: z.string(),
  requestedAt: instantSchema,
  orderIds: z.array(z.string()),
  hasMore: z.boolean(),
  fingerprint: z.string(),
});

/** The requests to erase in the table, one item each. They name orders and no person, and do not expire. */
export function createErasureRequests(table: Table): ErasureRequests {
  const read = async (erasureId: string) => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: keys.erasure(erasureId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : itemSchema.parse(Item);
  };
  return {
    async get(erasureId) {
      const item = await read(erasureId);
      return item === undefined ? undefined : requestOf(item);
    },

    async keep(request, fingerprint) {
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...keys.erasure(request.erasureId), ...request, fingerprint },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return { request, fingerprint };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const earlier = await read(request.erasureId);
        if (earlier === undefined) throw error;
        return { request: requestOf(earlier), fingerprint: earlier.fingerprint };
      }
    },
  };
}

const requestOf = ({ fingerprint, ...request }: z.infer<typeof itemSchema>): ErasureRequest => request;
