import { deflateRawSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
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
  /** Our id of one delivery of the call: the same whenever the message that carries it is handed out again. */
  readonly deliveryId: string;
  readonly rawBody: Buffer;
  readonly receivedAt: Instant;
}

/**
 * `new`: stored now. `again`: stored before by the same delivery, whose handling did not end well. `known`: stored by
 * another delivery, which is handled or parked on its own.
 */
export type Kept = 'new' | 'again' | 'known';

/** Partners' calls, verified and raw, each stored once: the first delivery of a call is the one that is interpreted. */
export function createCallbackStore(table: Table) {
  return {
    /** Stores the call under its id, compressed. Changes nothing where it was stored before. */
    async keep(record: CallbackRecord): Promise<Kept> {
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
              rawBody: deflateRawSync(rawBody),
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
