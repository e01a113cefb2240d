import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later } from '../../kernel/time.ts';
import type { CallIdentity, PartnerCall } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { packCall } from '../pack-calls.ts';
import { callsKey, expiresAt, keys } from '../table.ts';

/** Longer than any partner repeats its calls: the longest is 30 days, and our own repeats add a day or two. */
const KEPT_DAYS = 45;

/**
 * `new`: stored now. `again`: stored before by the same delivery, whose handling did not end well. `known`: stored by
 * another delivery, which is handled or parked on its own.
 */
export type Kept = 'new' | 'again' | 'known';

/**
 * Partners' calls, verified and raw, that are items of their own, each stored once: calls that led to no fact, or not
 * yet, and those that are too long for the item of their facts. The first delivery of a call is the one that is
 * interpreted.
 */
export function createCallbackStore(table: Table) {
  return {
    /**
     * The delivery that stored the call; undefined where no item of its own is found. The read may lack what was
     * stored at the same moment.
     */
    async deliveryOf({ kind, code, callbackId }: CallIdentity): Promise<string | undefined> {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: keys.callback(kind, code, callbackId),
          ProjectionExpression: 'deliveryId',
        }),
      );
      return Item === undefined ? undefined : String(Item.deliveryId);
    },

    /**
     * Stores the call under its id, compressed. Changes nothing where it was stored before. `withBody`: false for a
     * call that was understood and said nothing new, of which only the id is needed. `orderId`: the order that it
     * concerns, if known, so that the erasure of the order finds the body.
     */
    async keep(
      record: PartnerCall,
      {
        withBody = true,
        orderId,
      }: { readonly withBody?: boolean; readonly orderId?: string | undefined } = {},
    ): Promise<Kept> {
      const { kind, code, callbackId, deliveryId, rawBody, receivedAt } = record;
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: {
              ...keys.callback(kind, code, callbackId),
              kind,
              code,
              callbackId,
              deliveryId,
              ...(withBody ? { rawBody: packCall(kind, rawBody) } : {}),
              ...(withBody && orderId !== undefined
                ? { listKey: callsKey(orderId), listSort: receivedAt }
                : {}),
              recordedAt: receivedAt,
              expiresAt: expiresAt(later(receivedAt, KEPT_DAYS * dayMs)),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return 'new';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item?.deliveryId?.S === deliveryId ? 'again' : 'known';
      }
    },
  };
}

export type CallbackStore = ReturnType<typeof createCallbackStore>;
