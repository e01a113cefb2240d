import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dayMs, instantSchema, later } from '../../kernel/time.ts';
import {
  differenceView,
  openDifferenceSchema,
  type ReconciliationRun,
  type Reconciliations,
  runSchema,
} from '../../payment/settlement/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { expiresAt } from '../table.ts';
import { DIFFERENCE_PREFIX, reconciliationKeys as keys, RUN_PREFIX } from './reconciliation-keys.ts';

/** How long a run is kept, and a difference after it ended. */
const KEPT_MS = 400 * dayMs;
/** The newest runs that are listed. */
const RUNS_LISTED = 30;

const itemSchema = z.object({
  id: z.string(),
  difference: openDifferenceSchema,
  resolvedAt: z.string().optional(),
});

/**
 * Differences and runs in the table, by provider. A difference is written once, and again where what is owed of it
 * changes. One that is over keeps its item, and
 * expires with the runs.
 */
export function createReconciliations(table: Table) {
  const items = async (provider: string) => {
    const found = await readAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': keys.partition(provider),
        ':prefix': DIFFERENCE_PREFIX,
      },
    });
    return found.map((item) => itemSchema.parse(item)).filter(({ resolvedAt }) => resolvedAt === undefined);
  };
  /** The newest runs with a provider, newest first. */
  const latestRuns = async (provider: string, most: number): Promise<ReconciliationRun[]> => {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': keys.partition(provider), ':prefix': RUN_PREFIX },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    return Items.map(({ run }) => runSchema.parse(run));
  };
  const store: Reconciliations = {
    openIds: async (provider) => new Set((await items(provider)).map(({ id }) => id)),

    async keep(provider, difference, at) {
      const { id } = difference;
      const item = { ...differenceView(difference), provider, since: at };
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...keys.difference(provider, id), id, difference: item },
            ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(resolvedAt)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async change(provider, difference) {
      const { id } = difference;
      const known = (await items(provider)).find((item) => item.id === id)?.difference;
      if (known === undefined) return;
      const changed = { ...differenceView(difference), provider, since: known.since };
      const Item = { ...keys.difference(provider, id), id, difference: changed };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    async resolve(provider, id, at) {
      const known = (await items(provider)).find((item) => item.id === id);
      if (known === undefined) return;
      const end = { resolvedAt: at, expiresAt: expiresAt(later(at, KEPT_MS)) };
      const Item = { ...keys.difference(provider, id), ...known, ...end };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    async keepRun(run) {
      const Item = { ...keys.run(run.provider, run.at), run, expiresAt: expiresAt(later(run.at, KEPT_MS)) };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    async latestRun(provider) {
      const [latest] = await latestRuns(provider, 1);
      return latest?.at;
    },

    async readUntil(provider) {
      const Key = keys.read(provider);
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
      return Item === undefined ? undefined : instantSchema.parse(Item.until);
    },

    async setReadUntil(provider, until) {
      const Item = { ...keys.read(provider), until };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    async isDone(day) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keys.day(day) }));
      return Item !== undefined;
    },

    async setDone(day) {
      const Item = { ...keys.day(day), expiresAt: expiresAt(later(`${day}T00:00:00.000Z`, KEPT_MS)) };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
  };
  return {
    ...store,
    /** The open differences with a provider, and its latest runs, newest first. */
    async list(provider: string) {
      const runs = await latestRuns(provider, RUNS_LISTED);
      return { differences: (await items(provider)).map(({ difference }) => difference), runs };
    },
  };
}
