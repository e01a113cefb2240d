import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CallbackKind } from '../../../events/callback.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import type { Table } from '../clients.ts';
import { expiresAt, keys } from '../table.ts';

/** Longer than any partner repeats its calls: Adyen's 30 days are the longest, and our own repeats add a day or two. */
const KEPT_DAYS = 45;

export interface CallbackRecord {
  readonly kind: CallbackKind;
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
  readonly receivedAt: Instant;
}

/** Partners' calls, verified and raw, each stored once. The stream sends a new one to its interpreter. */
export function createCallbackStore(table: Table) {
  return {
    /** Stores the call under its id; `known` when it was stored before. */
    async keep(record: CallbackRecord): Promise<'kept' | 'known'> {
      const { kind, code, callbackId, rawBody, receivedAt } = record;
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: {
              ...keys.callback(kind, code, callbackId),
              kind,
              code,
              callbackId,
              rawBody: rawBody.toString('base64'),
              recordedAt: receivedAt,
              expiresAt: expiresAt(later(receivedAt, KEPT_DAYS * dayMs)),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return 'kept';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'known';
        throw error;
      }
    },

    /** The call's exact bytes; throws when it is not there. */
    async rawBody(kind: CallbackKind, code: string, callbackId: string): Promise<Buffer> {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: keys.callback(kind, code, callbackId),
          ConsistentRead: true,
        }),
      );
      if (Item === undefined) throw new Error(`callback ${kind}/${code}/${callbackId} is not stored`);
      return Buffer.from(String(Item.rawBody), 'base64');
    },
  };
}
