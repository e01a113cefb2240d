import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askingCapacity, countCapacity } from '../../../infra/local/table/count-capacity.ts';
import { createEngineClient, type EngineClient } from '../../../infra/local/table/engine-client.ts';
import {
  commitEach,
  createGroupCommits,
  type GroupCommits,
} from '../../../infra/local/table/group-commits.ts';
import { startEngine, type TableEngine } from '../../../infra/local/table/start-engine.ts';

const TABLES = ['Grouped', 'Alone'] as const;
type TableName = (typeof TABLES)[number];
const keys = { partitionKey: 'pk', sortKey: 'sk' };
const keysOf = new Map(TABLES.map((name) => [name, { ...keys, indexes: new Map() }]));

let folder: string;
let engine: TableEngine;
let client: EngineClient;
/** What the engine was sent since the start of the test. */
let sent: string[];
let grouped: GroupCommits;
let alone: GroupCommits;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-commits-'));
  engine = await startEngine(folder, () => undefined);
  client = createEngineClient(engine.host, engine.port, 'eu-central-1');
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  for (const TableName of TABLES) {
    await client.call('DynamoDB_20120810.CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'list'].map(attribute),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byList',
          KeySchema: [{ AttributeName: 'list', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  }
});
beforeEach(() => {
  sent = [];
  const counting: EngineClient = {
    ...client,
    send: (target, text) => {
      sent.push(target.slice(target.indexOf('.') + 1));
      return client.send(target, text);
    },
  };
  grouped = createGroupCommits(counting, keysOf);
  alone = commitEach(client);
});
afterAll(async () => {
  client.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Write {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'TransactWriteItems';
  readonly input: Record<string, unknown>;
}

async function send(commits: GroupCommits, { operation, input }: Write) {
  const text = askingCapacity(JSON.stringify(input), input);
  const answer = await commits.send({ operation, target: `DynamoDB_20120810.${operation}`, text, input });
  let units = 0;
  const counted = countCapacity(operation, input, answer, (_, count) => {
    units += count;
  });
  return { status: counted.status, answer: JSON.parse(counted.text), units };
}

async function scan(TableName: TableName) {
  const { Items } = await client.call<{ Items: Record<string, { S: string }>[] }>('DynamoDB_20120810.Scan', {
    TableName,
  });
  return Items.map((item) => JSON.stringify(Object.entries(item).sort())).sort();
}

const put = (TableName: TableName, pk: string, more: Record<string, unknown> = {}): Write => ({
  operation: 'PutItem',
  input: { TableName, Item: { pk: { S: pk }, sk: { S: '0' }, list: { S: 'open' } }, ...more },
});
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const count = (TableName: TableName, pk: string, more: Record<string, unknown> = {}): Write => ({
  operation: 'UpdateItem',
  input: {
    ...{ TableName, Key: { pk: { S: pk }, sk: { S: 'count' } } },
    ...{ UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    ...more,
  },
});

describe('writes that wait for the engine at the same moment', () => {
  test('share a commit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, place) => send(grouped, put('Grouped', `share-${place}`, isNew))),
    );
    expect(answers.map(({ status, answer }) => [status, answer])).toEqual(answers.map(() => [200, {}]));
    expect(sent).toEqual(['TransactWriteItems']);
  });

  test('get their own answers where the condition of one of them fails', async () => {
    await send(grouped, put('Grouped', 'taken'));
    sent = [];
    const names = ['first', 'taken', 'second', 'third'];
    const asked = { ...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    const answers = await Promise.all(names.map((name) => send(grouped, put('Grouped', name, asked))));
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 200]);
    expect(answers[1]?.answer).toMatchObject({
      __type: expect.stringContaining('ConditionalCheckFailedException'),
      Item: { pk: { S: 'taken' } },
    });
    // Refused as a group, and then each alone.
    expect(sent).toEqual(['TransactWriteItems', ...names.map(() => 'PutItem')]);
  });

  test('write an item as often as they are asked to', async () => {
    await Promise.all(Array.from({ length: 12 }, () => send(grouped, count('Grouped', 'often'))));
    const { Item } = await client.call<{ Item: { n: { N: string } } }>('DynamoDB_20120810.GetItem', {
      TableName: 'Grouped',
      Key: { pk: { S: 'often' }, sk: { S: 'count' } },
      ConsistentRead: true,
    });
    expect(Item.n.N).toBe('12');
  });

  test('are sent alone where a transaction cannot give their answer', async () => {
    const answers = await Promise.all([
      send(grouped, put('Grouped', 'ahead')),
      send(grouped, count('Grouped', 'asks', { ReturnValues: 'UPDATED_NEW' })),
      send(grouped, put('Grouped', 'asks-units', { ReturnConsumedCapacity: 'TOTAL' })),
      send(grouped, {
        operation: 'TransactWriteItems',
        input: { TransactItems: [{ Put: put('Grouped', 't').input }] },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers[1]?.answer).toEqual({ Attributes: { n: { N: '1' } } });
    // The item is 1 unit, its entry in the index is another.
    expect(answers[2]?.answer).toMatchObject({ ConsumedCapacity: { CapacityUnits: 2 } });
    expect(sent).toEqual(['PutItem', 'UpdateItem', 'PutItem', 'TransactWriteItems']);
  });

  test('reject when the connection breaks, each of them', async () => {
    const gone = createEngineClient('127.0.0.1', 9, 'eu-central-1');
    const commits = createGroupCommits(gone, keysOf);
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => send(commits, put('Grouped', name))),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    gone.close();
  });

  test('answer, cost and leave the same as in turn', async () => {
    const pk = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const size = fc.constantFrom(10, 900, 2_500);
    const write = fc.oneof(
      fc.record({ kind: fc.constant('put'), pk, size, onlyNew: fc.boolean(), listed: fc.boolean() }),
      fc.record({ kind: fc.constant('count'), pk }),
      fc.record({ kind: fc.constant('delete'), pk, onlyOld: fc.boolean() }),
    );
    type Drawn = {
      kind: string;
      pk: string;
      size?: number;
      onlyNew?: boolean;
      listed?: boolean;
      onlyOld?: boolean;
    };
    const toWrite = (TableName: TableName, round: string, drawn: Drawn): Write => {
      const key = { pk: { S: `${round}-${drawn.pk}` }, sk: { S: '0' } };
      if (drawn.kind === 'count') return count(TableName, `${round}-${drawn.pk}`);
      if (drawn.kind === 'delete')
        return {
          operation: 'DeleteItem',
          input: {
            ...{ TableName, Key: key },
            ...(drawn.onlyOld === true ? { ConditionExpression: 'attribute_exists(pk)' } : {}),
          },
        };
      const Item = {
        ...{ ...key, text: { S: 'x'.repeat(drawn.size ?? 1) } },
        ...(drawn.listed === true ? { list: { S: 'open' } } : {}),
      };
      return { operation: 'PutItem', input: { TableName, Item, ...(drawn.onlyNew === true ? isNew : {}) } };
    };
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(write, { minLength: 2, maxLength: 8, selector: (each) => each.pk }),
        async (drawn) => {
          round += 1;
          const before = await send(alone, put('Alone', `${round}-a`));
          expect(await send(alone, put('Grouped', `${round}-a`))).toEqual(before);
          const together = await Promise.all(
            drawn.map((each) => send(grouped, toWrite('Grouped', String(round), each))),
          );
          const single: typeof together = [];
          for (const each of drawn) single.push(await send(alone, toWrite('Alone', String(round), each)));
          expect(together.map(({ status, answer }) => [status, answer])).toEqual(
            single.map(({ status, answer }) => [status, answer]),
          );
          const total = (answers: typeof together) => answers.reduce((sum, { units }) => sum + units, 0);
          expect(total(together)).toBe(total(single));
          expect(await scan('Grouped').then(mine(round))).toEqual(await scan('Alone').then(mine(round)));
        },
      ),
      { numRuns: 40 },
    );
    expect(sent).toContain('TransactWriteItems');
  });
});

const mine = (round: number) => (items: string[]) => items.filter((item) => item.includes(`"${round}-`));
