import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { dayAfter } from '../../../kernel/time.ts';
import { TooManyWriters } from '../../../kernel/too-many-writers.ts';
import type { Counted, PlannedBatch, ReplenishmentRunStore } from '../../../replenishment/run/ports.ts';
import {
  type ReplenishmentRun,
  replenishmentRunSchema,
} from '../../../replenishment/run/replenishment-run.ts';
import { runProblemSchema } from '../../../replenishment/run/run-problem.ts';
import { stopAtSiteSchema } from '../../../replenishment/run/stop-at-site.ts';
import { backOff } from '../../back-off.ts';
import type { Table } from '../../clients.ts';
import { readAll } from '../../read-all.ts';
import { type TransactItem, transact } from '../../transaction.ts';
import { runKeys } from './run-keys.ts';

const MAX_ATTEMPTS = 12;

/**
 * Runs of replenishment: one item a day, and one a planned batch. Counts are added in the transaction that stores what
 * they are of, so that nothing is counted twice.
 */
export function createReplenishmentRunStore(table: Table): ReplenishmentRunStore {
  const TableName = table.name;
  return {
    ask: ({ state, counts, ...run }) =>
      unlessStored(
        table.client.send(
          new PutCommand({
            TableName,
            Item: { ...runKeys.run(run.day), run: JSON.stringify(run), state, counts },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),

    async load(day) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName, Key: runKeys.run(day), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readRun(Item);
    },

    async list(max, before) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': runKeys.runs,
            ':first': runKeys.run('').sk,
            // The tilde is behind every day.
            ':last': runKeys.run(before === undefined ? '~' : dayAfter(before, -1)).sk,
          },
          ScanIndexForward: false,
          Limit: max,
          ConsistentRead: true,
        }),
      );
      return Items.map(readRun);
    },

    move: (day, from, to) => unlessStored(table.client.send(moving(table, day, { from, to }))),

    batchDone: ({ day, folder }, { batch, ...planned }) =>
      writeOnce(table, [
        {
          Put: {
            TableName,
            Item: { ...runKeys.batch(folder, batch), planned: JSON.stringify(planned) },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        counting(table, day, {
          counted: { ...planned.counted, batchesDone: 1 },
          condition: '#state = :state AND folder = :folder',
          names: { '#state': 'state' },
          values: { ':state': 'planning', ':folder': folder },
        }),
      ]),

    async batch(folder, batch) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName, Key: runKeys.batch(folder, batch), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readBatch(Item);
    },

    async batches(folder) {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :batches)',
        ExpressionAttributeValues: { ':pk': runKeys.runs, ':batches': runKeys.batches(folder) },
        ConsistentRead: true,
      });
      return items.map(readBatch);
    },

    chunkPlaced: (day, chunk, counted) =>
      writeOnce(table, [
        counting(table, day, {
          counted,
          condition: '#state = :state AND counts.chunksPlaced = :chunk',
          names: { '#state': 'state' },
          values: { ':state': 'placing', ':chunk': chunk },
        }),
      ]),
  };
}

function moving(
  table: Table,
  day: string,
  {
    from,
    to: { state, ...more },
  }: { readonly from: string; readonly to: Parameters<ReplenishmentRunStore['move']>[2] },
) {
  const set = Object.entries(more).filter(([, value]) => value !== undefined);
  return new UpdateCommand({
    TableName: table.name,
    Key: runKeys.run(day),
    UpdateExpression: `SET #state = :to${set.map(([name]) => `, #${name} = :${name}`).join('')}`,
    ConditionExpression: '#state = :from',
    ExpressionAttributeNames: {
      '#state': 'state',
      ...Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...{ ':from': from, ':to': state },
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    },
  });
}

const plannedSchema = z.strictObject({
  plansKey: z.string(),
  proposalsKey: z.string(),
  channelsKey: z.string().optional(),
  counted: z.record(z.string(), z.int()),
  stops: z.array(stopAtSiteSchema).optional(),
  problems: z.array(runProblemSchema).optional(),
});

const readBatch = ({ sk, planned }: Readonly<Record<string, unknown>>): PlannedBatch => ({
  batch: Number(String(sk).split('#').at(-1)),
  ...defined(plannedSchema.parse(JSON.parse(String(planned)))),
});

function readRun(item: Readonly<Record<string, unknown>>): ReplenishmentRun {
  const { run, state, counts, folder, batches, chunks, endedAt, needsKey, cut, stops, problems } = item;
  const later = { folder, batches, chunks, endedAt, needsKey, cut, stops, problems };
  const set = Object.fromEntries(Object.entries(later).filter(([, value]) => value !== undefined));
  return replenishmentRunSchema.parse({ ...JSON.parse(String(run)), state, counts, ...set });
}

interface Counting {
  readonly counted: Counted;
  readonly condition: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, unknown>;
}

function counting(table: Table, day: string, { counted, condition, names, values }: Counting): TransactItem {
  const added = Object.entries(counted).filter(([, count]) => count !== 0);
  const sets = added.map((_, at) => `counts.#c${at} = if_not_exists(counts.#c${at}, :zero) + :c${at}`);
  return {
    Update: {
      TableName: table.name,
      Key: runKeys.run(day),
      UpdateExpression: `SET ${sets.join(', ')}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: {
        ...names,
        ...Object.fromEntries(added.map(([name], at) => [`#c${at}`, name])),
      },
      ExpressionAttributeValues: {
        ...{ ...values, ':zero': 0 },
        ...Object.fromEntries(added.map(([, count], at) => [`:c${at}`, count])),
      },
    },
  };
}

/** Writes all items, or none where a condition is false. Waits where others write the run at the same moment. */
async function writeOnce(table: Table, items: TransactItem[]): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome !== 'contended') return outcome === 'written';
    await backOff(attempt);
  }
  throw new TooManyWriters('a run of replenishment');
}

async function unlessStored(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
