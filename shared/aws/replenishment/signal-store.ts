import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later, toInstant } from '../../kernel/time.ts';
import {
  type StoredSignal,
  signalIdSchema,
  storedSignalSchema,
} from '../../replenishment/signals/given-signal.ts';
import type { SignalStore } from '../../replenishment/signals/ports.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import { expiresAt } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { replenishmentKeys } from './replenishment-keys.ts';
import { writeTogether } from './write-together.ts';

/** A forecast takes a signal of the past out of its history: three years are more than any history that is read. */
const KEPT_MS = 3 * 366 * dayMs;

/** Signals of demand, in a partition of their own. */
export function createSignalStore(table: Table, clock: () => Date): SignalStore {
  const query = {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': replenishmentKeys.signals },
  };
  return {
    async find(signalIds) {
      const items = await readItems(table, signalIds.map(replenishmentKeys.signal), { consistent: true });
      return items.map((item) => (item === undefined ? undefined : readSignal(item)[0]));
    },
    async write({ stored, retired }) {
      const items = [
        ...stored.map((signal): TransactItem => ({ Put: { TableName: table.name, Item: itemOf(signal) } })),
        ...retired.map((id): TransactItem => ({ Put: { TableName: table.name, Item: tombOf(id, clock()) } })),
      ];
      await writeTogether(table, items, 'the signals');
    },
    async page(limit, cursor) {
      const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
      if (after !== undefined && !signalIdSchema.safeParse(after).success) return undefined;
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          ...{ TableName: table.name, ...query },
          ...(after === undefined ? {} : { ExclusiveStartKey: { ...replenishmentKeys.signal(after) } }),
          // One more shows whether there is another page.
          Limit: limit + 1,
        }),
      );
      const read = Items.slice(0, limit);
      // The table reads 1 MB at most, so that a page of large signals is shorter.
      const isLast = Items.length <= limit && LastEvaluatedKey === undefined;
      const last = isLast ? undefined : read.at(-1)?.sk;
      return {
        items: read.flatMap(readSignal),
        cursor: last === undefined ? undefined : Buffer.from(String(last)).toString('base64url'),
      };
    },
    async endingFrom(day) {
      const items = await readAll(table, {
        ...query,
        FilterExpression: 'lastDay >= :day',
        ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':day': day },
      });
      return items.flatMap(readSignal);
    },
  };
}

const itemOf = (signal: StoredSignal) => ({
  ...replenishmentKeys.signal(signal.signalId),
  signal: JSON.stringify(signal),
  lastDay: signal.lastDay,
  expiresAt: expiresAt(later(`${signal.lastDay}T00:00:00.000Z`, KEPT_MS)),
});

/** In the place of a signal that was retired, until the table removes it. */
const tombOf = (signalId: string, now: Date) => ({
  ...replenishmentKeys.signal(signalId),
  expiresAt: expiresAt(toInstant(now)),
});

/** None, where the signal was retired. */
const readSignal = ({ signal }: Readonly<Record<string, unknown>>): StoredSignal[] =>
  signal === undefined ? [] : [storedSignalSchema.parse(JSON.parse(String(signal)))];
