import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEngineClient, type EngineClient } from '../../../infra/local/table/engine-client.ts';
import { readingFromFile } from '../../../infra/local/table/file-reads.ts';
import { openStoredStream, openStream, type StreamReader } from '../../../infra/local/table/read-stream.ts';
import { startEngine, type TableEngine } from '../../../infra/local/table/start-engine.ts';

const TABLES = ['Read', 'Other'] as const;
const keysOf = new Map(
  TABLES.map((name) => [name, { partitionKey: 'pk', sortKey: 'sk', indexes: new Map() }]),
);
const API = 'DynamoDB_20120810';

let folder: string;
let engine: TableEngine;
let client: EngineClient;
/** What the engine was sent since the start of the test. */
let sent: string[];
let reading: EngineClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-reads-'));
  engine = await startEngine(folder, () => undefined);
  client = createEngineClient(engine.host, engine.port, 'eu-central-1');
  for (const TableName of TABLES) {
    await client.call(`${API}.CreateTable`, {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
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
  if (engine.itemStore === undefined) throw new Error('the engine of this test is our own');
  reading = readingFromFile(counting, engine.itemStore, keysOf);
});
afterAll(async () => {
  client.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function answer(by: EngineClient, operation: string, input: object) {
  const { status, body } = await by.send(`${API}.${operation}`, JSON.stringify(input));
  return { status, answer: JSON.parse(body.toString()) as Record<string, unknown> };
}

const put = (TableName: string, Item: object) => client.call(`${API}.PutItem`, { TableName, Item });
const keyOf = (pk: string, sk = '0') => ({ pk: { S: pk }, sk: { S: sk } });
const total = { ReturnConsumedCapacity: 'TOTAL' };

/** Batches give items in no particular order. */
const inOrder = ({ Responses, ConsumedCapacity, ...rest }: Record<string, unknown>) => ({
  ...rest,
  Responses: Object.entries((Responses ?? {}) as Record<string, object[]>)
    .map(([table, items]) => [table, items.map((item) => JSON.stringify(Object.entries(item).sort())).sort()])
    .filter(([, items]) => items?.length !== 0)
    .sort(),
  ConsumedCapacity: ((ConsumedCapacity ?? []) as object[])
    .map((each) => JSON.stringify(Object.entries(each).sort()))
    .sort(),
});

const value = fc.oneof(
  fc.string({ maxLength: 40 }).map((S) => ({ S })),
  fc.integer().map((n) => ({ N: String(n) })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc
    .uint8Array({ minLength: 1, maxLength: 9_000 })
    .map((bytes) => ({ B: Buffer.from(bytes).toString('base64') })),
  fc.constant({ M: { a: { L: [{ NULL: true }, { S: 'é"\\' }] } } }),
);
const item = fc.dictionary(fc.constantFrom('a', 'ö', 'long', 'list'), value, { maxKeys: 4 });

describe('reads by keys from the file of the engine', () => {
  test('give the answer and the units of the engine', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.uniqueArray(fc.nat(8), { minLength: 1 }),
        async (items, ConsistentRead, places) => {
          const run = `${Math.random()}`;
          for (const [place, each] of items.entries())
            for (const table of TABLES) await put(table, { ...keyOf(`${run}"${place}`, 'é'), ...each });
          for (const place of places) {
            const get = { TableName: 'Read', Key: keyOf(`${run}"${place}`, 'é'), ConsistentRead, ...total };
            expect(await answer(reading, 'GetItem', get)).toEqual(await answer(client, 'GetItem', get));
          }
          const Keys = places.map((place) => keyOf(`${run}"${place}`, 'é'));
          const batch = { RequestItems: { Read: { Keys, ConsistentRead }, Other: { Keys } }, ...total };
          const [ours, theirs] = [
            await answer(reading, 'BatchGetItem', batch),
            await answer(client, 'BatchGetItem', batch),
          ];
          expect(ours.status).toBe(200);
          expect(inOrder(ours.answer)).toEqual(inOrder(theirs.answer));
          expect(sent).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('find what was written and what was deleted, as soon as the engine has answered', async () => {
    const get = { TableName: 'Read', Key: keyOf('now'), ...total };
    for (let n = 0; n < 200; n += 1) {
      await put('Read', { ...keyOf('now'), n: { N: String(n) } });
      expect((await answer(reading, 'GetItem', get)).answer.Item).toMatchObject({ n: { N: String(n) } });
      await client.call(`${API}.DeleteItem`, { TableName: 'Read', Key: keyOf('now') });
      expect((await answer(reading, 'GetItem', get)).answer.Item).toBeUndefined();
    }
    expect(sent).toEqual([]);
  });

  const key = keyOf('other');
  test.each([
    ['a projection', 'GetItem', { TableName: 'Read', Key: key, ProjectionExpression: 'pk', ...total }],
    ['units by index', 'GetItem', { TableName: 'Read', Key: key, ReturnConsumedCapacity: 'INDEXES' }],
    ['an unknown table', 'GetItem', { TableName: 'Nobody', Key: key, ...total }],
    ['a key that is no text', 'GetItem', { TableName: 'Read', Key: { ...key, sk: { N: '1' } }, ...total }],
    ['an empty key', 'GetItem', { TableName: 'Read', Key: keyOf(''), ...total }],
    ['a part of a key', 'GetItem', { TableName: 'Read', Key: { pk: key.pk }, ...total }],
    ['more than a key', 'GetItem', { TableName: 'Read', Key: { ...key, more: key.pk }, ...total }],
    ['a key twice', 'BatchGetItem', { RequestItems: { Read: { Keys: [key, key] } }, ...total }],
    ['no key', 'BatchGetItem', { RequestItems: { Read: { Keys: [] } }, ...total }],
    [
      '101 keys',
      'BatchGetItem',
      { RequestItems: { Read: { Keys: Array.from({ length: 101 }, (_, n) => keyOf(`${n}`)) } }, ...total },
    ],
    [
      'a part of the items',
      'BatchGetItem',
      { RequestItems: { Read: { Keys: [key], ProjectionExpression: 'pk' } }, ...total },
    ],
    ['a query', 'Query', { TableName: 'Read', KeyConditionExpression: 'pk = :pk' }],
  ])('leave %s to the engine', async (_, operation, input) => {
    expect(await answer(reading, operation, input)).toEqual(await answer(client, operation, input));
    expect(sent).toEqual([operation]);
  });

  test('leave long answers to the engine', async () => {
    for (const pk of ['long-1', 'long-2', 'long-3'])
      await put('Read', { ...keyOf(pk), long: { S: 'x'.repeat(350_000) } });
    const RequestItems = { Read: { Keys: ['long-1', 'long-2', 'long-3'].map((pk) => keyOf(pk)) } };
    const { answer: given } = await answer(reading, 'BatchGetItem', { RequestItems, ...total });
    expect((given.Responses as { Read: object[] }).Read).toHaveLength(3);
    expect(sent).toEqual(['BatchGetItem']);
  });
});

describe('the stream in the file of the engine', () => {
  async function rest(reader: StreamReader) {
    const records = [];
    for (let read = await reader.read(); read.length > 0; read = await reader.read()) records.push(...read);
    // The engine names itself as the region. A mapping writes the region of the table.
    return records.map(({ awsRegion, ...record }) => record);
  }

  test('has the records that the engine gives, from any position', async () => {
    const store = engine.streamStore;
    if (store === undefined) throw new Error('the engine of this test is our own');
    const write = (n: number) =>
      n % 3 === 2
        ? client.call(`${API}.DeleteItem`, { TableName: 'Read', Key: keyOf('stream', `${n % 4}`) })
        : put('Read', { ...keyOf('stream', `${n % 4}`), é: { S: `ü${n}` } });
    for (let n = 0; n < 30; n += 1) await write(n);
    const ours = openStoredStream(store, 'Read', undefined);
    const theirs = await openStream(client, 'Read', undefined);
    const records = await rest(ours);
    expect(records.length).toBeGreaterThan(25);
    expect(records).toEqual(await rest(theirs));
    expect(ours.position()).toEqual(theirs.position());

    for (let n = 0; n < 9; n += 1) await write(n);
    const continued = openStoredStream(store, 'Read', ours.position());
    const added = await rest(continued);
    expect(added.length).toBeGreaterThan(5);
    expect(added).toEqual(await rest(theirs));
    expect(await rest(ours)).toEqual(added);
    expect(await rest(openStoredStream(store, 'Other', ours.position()))).toEqual([]);
  });
});
