import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askingCapacity, countCapacity } from '../../../infra/local/table/count-capacity.ts';
import { createEngineClient, type EngineClient } from '../../../infra/local/table/engine-client.ts';
import { sendingAll, type TableCalls, writingToFile } from '../../../infra/local/table/file-writes.ts';
import { startEngine, type TableEngine } from '../../../infra/local/table/start-engine.ts';

/** The same writes go to two tables: to one by the file, to the other by the engine. */
const TABLES = ['ByFile', 'ByEngine'] as const;
type TableName = (typeof TABLES)[number];
const API = 'DynamoDB_20120810';

let folder: string;
let engine: TableEngine;
let client: EngineClient;
/** What the engine was sent since the start of the test. */
let sent: string[];
let nowMs = 0;
let byFile: TableCalls;
let byEngine: TableCalls;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-writes-'));
  engine = await startEngine(folder, () => undefined);
  client = createEngineClient(engine.host, engine.port, 'eu-central-1');
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  for (const TableName of TABLES) {
    await client.call(`${API}.CreateTable`, {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk', 'list', 'place'].map(attribute),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byList',
          KeySchema: [key('list', 'HASH'), key('place', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'byPlace',
          KeySchema: [key('place', 'HASH')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['text'] },
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
  const { itemStore } = engine;
  if (itemStore === undefined) throw new Error('the engine of this test is our own');
  byFile = writingToFile(counting, itemStore, () => nowMs);
  byEngine = sendingAll(client);
});
afterAll(async () => {
  client.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

async function send(calls: TableCalls, { operation, input }: Call) {
  const text = askingCapacity(JSON.stringify(input), input);
  const answer = await calls.send({ operation, target: `${API}.${operation}`, text, input });
  const units: Record<string, number> = {};
  const { status, text: answered } = countCapacity(operation, input, answer, (unit, count) => {
    units[unit] = (units[unit] ?? 0) + count;
  });
  return { status, answer: JSON.parse(answered.replaceAll(/By(?:File|Engine)/g, 'Table')), units };
}

/** All that the engine's file holds of a table, without its name and without the order of members. */
function stored(table: TableName) {
  const database = new DatabaseSync(join(folder, 'table.db'), { readOnly: true });
  const rows = (sql: string) =>
    (database.prepare(sql).all() as Record<string, unknown>[]).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value,
        ]),
      ),
    );
  const found = {
    items: rows(`SELECT * FROM "${table}" ORDER BY pk, sk`),
    byList: rows(`SELECT * FROM "${table}::gsi::byList" ORDER BY 1, 2, 3, 4`),
    byPlace: rows(`SELECT * FROM "${table}::gsi::byPlace" ORDER BY 1, 2, 3, 4`),
    stream: rows(
      `SELECT event_name, keys_json, new_image, old_image, sequence_number, replace(shard_id, '${table}', '') AS shard,
         user_identity
       FROM _stream_records WHERE table_name = '${table}' ORDER BY CAST(sequence_number AS INTEGER)`,
    ),
  };
  database.close();
  return found;
}

const keyOf = (pk: string, sk = '0') => ({ pk: { S: pk }, sk: { S: sk } });

type Members = Record<string, unknown>;
/** A write of one item, in the form of a transaction: its kind, and its members without the table. */
type Write = readonly [kind: string, members: Members];

const put = (pk: string, item: Members = {}, more: Members = {}): Write => [
  'Put',
  { Item: { ...keyOf(pk), ...item }, ...more },
];
const update = (pk: string, UpdateExpression: string, more: Members = {}): Write => [
  'Update',
  { Key: keyOf(pk), UpdateExpression, ...more },
];
const remove = (pk: string, more: Members = {}): Write => ['Delete', { Key: keyOf(pk), ...more }];
const check = (pk: string, ConditionExpression: string, more: Members = {}): Write => [
  'ConditionCheck',
  { Key: keyOf(pk), ConditionExpression, ...more },
];
const values = (ExpressionAttributeValues: Members) => ({ ExpressionAttributeValues });

const single = ([kind, members]: Write, TableName: TableName): Call => ({
  operation: `${kind}Item`,
  input: { TableName, ...members },
});
const transaction = (writes: readonly Write[], TableName: TableName, more: Members = {}): Call => ({
  operation: 'TransactWriteItems',
  input: { TransactItems: writes.map(([kind, members]) => ({ [kind]: { TableName, ...members } })), ...more },
});

/** Sends a write until the engine has accepted its expressions, so that the next one like it is written here. */
async function written(write: Write) {
  await send(byFile, single(write, 'ByFile'));
  sent = [];
}

describe('writes into the file of the engine', () => {
  test('need the engine once for each expression, and then no more', async () => {
    for (let place = 0; place < 4; place += 1)
      await send(
        byFile,
        single(put(`once-${place}`, {}, { ConditionExpression: 'attribute_not_exists(pk)' }), 'ByFile'),
      );
    expect(sent).toEqual(['PutItem']);
  });

  test('go to the engine when their condition is not met, which refuses them and gives the item', async () => {
    const isNew = {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    await written(put('refused', { text: { S: 'before' } }, isNew));
    const { status, answer } = await send(byFile, single(put('refused', {}, isNew), 'ByFile'));
    expect(status).toBe(400);
    expect(answer.__type).toContain('ConditionalCheckFailedException');
    expect(answer.Item).toEqual({ ...keyOf('refused'), text: { S: 'before' } });
    expect(sent).toEqual(['PutItem']);
  });

  test('are refused by the engine where an expression is not valid', async () => {
    const { answer } = await send(
      byFile,
      single(update('word', 'SET state = :v', values({ ':v': { S: 'a' } })), 'ByFile'),
    );
    expect(answer.message).toContain('reserved keyword: state');
  });

  test('of a transaction are all done or none', async () => {
    await send(byFile, transaction([put('all-0'), check('all-1', 'attribute_not_exists(pk)')], 'ByFile'));
    await send(byFile, single(put('all-1'), 'ByFile'));
    const { answer } = await send(
      byFile,
      transaction([put('all-2'), check('all-1', 'attribute_not_exists(pk)')], 'ByFile'),
    );
    expect(answer.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual([
      'None',
      'ConditionalCheckFailed',
    ]);
    const pks = stored('ByFile').items.map(({ pk }) => pk);
    expect(pks).toContain('S:all-0');
    expect(pks).not.toContain('S:all-2');
  });

  test('of a transaction are done once for its token, for ten minutes', async () => {
    const add = (token: string, more = '1') =>
      send(
        byFile,
        transaction([update('token', 'ADD n :n', values({ ':n': { N: more } }))], 'ByFile', {
          ClientRequestToken: token,
        }),
      );
    const byTheEngine = [await add('first'), await add('first')];
    expect(byTheEngine.map(({ units }) => units)).toEqual([
      { 'dynamodb.writeUnits': 2 },
      { 'dynamodb.readUnits': 2 },
    ]);
    const once = await add('second');
    const again = await add('second');
    expect([once.units, again.units]).toEqual([{ 'dynamodb.writeUnits': 2 }, { 'dynamodb.readUnits': 2 }]);
    expect((await add('second', '5')).answer.__type).toContain('IdempotentParameterMismatchException');
    const n = () => stored('ByFile').items.find(({ pk }) => pk === 'S:token')?.item_json;
    expect(n()).toMatchObject({ n: { N: '2' } });
    nowMs += 10 * 60_000;
    await add('second');
    expect(n()).toMatchObject({ n: { N: '3' } });
  });

  test('wait for a write that is at the engine', async () => {
    const add = () =>
      send(byFile, single(update('waits', 'ADD n :one', values({ ':one': { N: '1' } })), 'ByFile'));
    await Promise.all(Array.from({ length: 20 }, add));
    expect(sent).toEqual(['UpdateItem']);
    expect(stored('ByFile').items.find(({ pk }) => pk === 'S:waits')?.item_json).toMatchObject({
      n: { N: '20' },
    });
  });

  test('stay after the engine has stopped without a farewell, and are found by the next one', async () => {
    await written(put('stays'));
    await send(byFile, single(put('stays-too'), 'ByFile'));
    const { Item } = await client.call<{ Item: object }>(`${API}.GetItem`, {
      ...{ TableName: 'ByFile', Key: keyOf('stays-too'), ConsistentRead: true },
    });
    expect(Item).toEqual(keyOf('stays-too'));
    expect(sent).toEqual([]);
  });
});

const PLACES = ['a', 'b', 'c'];
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('é', '𝒳', 'x'.repeat(1_000), 'x'.repeat(3_000)),
);
const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('0', '-0', '1.50', '0.05', '-12.25', '100', '1e3', '99999999999999999999'),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text.map((S) => ({ S })) },
  { weight: 3, arbitrary: number.map((N) => ({ N })) },
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc
    .uint8Array({ minLength: 1, maxLength: 900 })
    .map((bytes) => ({ B: Buffer.from(bytes).toString('base64') })),
  fc.constantFrom(
    { NULL: true },
    { SS: ['b', 'a'] },
    { SS: ['b'] },
    { SS: ['a', 'a'] },
    { M: { a: { L: [{ S: 'é' }, { N: '1.0' }] } } },
    { M: { a: { L: [] }, b: { M: {} } } },
    { L: [{ N: '12' }] },
  ),
);
/** A value with which most expressions are valid. */
const set = fc.constantFrom({ SS: ['a'] }, { SS: ['a', 'b'] }, { S: 'a' });
const likely = fc.oneof(
  { weight: 2, arbitrary: set },
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }).map((n) => ({ N: String(n) })) },
  value,
);
const isFree = fc.constantFrom(true, true, false);
const place = fc.constantFrom('x', 'y', 'z', 'x', 'y', 'z', '');
const attributes = fc.record(
  {
    text: likely,
    n: likely,
    m: likely,
    s: set,
    r: set,
    list: place.map((S) => ({ S })),
    place: place.map((S) => ({ S })),
  },
  { requiredKeys: [] },
);
const condition = fc.constantFrom(
  ...['attribute_not_exists(pk)', 'attribute_exists(pk)', 'n = :v', 'n < :v OR attribute_not_exists(n)'],
  ...[
    'NOT (n >= :v AND attribute_exists(m))',
    '#t <> :v',
    'begins_with(#t, :v)',
    ':v BETWEEN n AND m',
    'n <= :v',
  ],
  ...[
    'n = :v AND (attribute_exists(m) OR #t > :v)',
    'size(#t) > :v',
    'size(m) < :v',
    'contains(m, :v)',
    'attribute_not_exists(s) OR contains(s, :v)',
    'm.a = :v',
    'n IN (:v)',
  ],
);
const change = fc.constantFrom(
  ...[
    'SET n = :v',
    'SET n = n + :v, m = if_not_exists(n, :v)',
    'SET n = if_not_exists(n, :v) - :w REMOVE #t',
  ],
  ...['ADD n :v, m :w', 'REMOVE n, place SET #t = :v', 'SET place = :v ADD n :w', 'SET #t = m, m = :v'],
  ...[
    'SET list = :v, place = :w',

    'SET n = :v, n = :w',
    'DELETE m :v',
    'ADD s :v DELETE r :w',
    'DELETE s :v ADD r :w',
    'DELETE s :v',
    'SET m.a = :v',
    'REMOVE list',
  ],
);
const write = fc.oneof(
  fc.record({
    kind: fc.constant('put'),
    pk: fc.constantFrom(...PLACES),
    attributes,
    condition,
    isFree,
  }),
  fc.record({
    ...{
      kind: fc.constant('update'),
      pk: fc.constantFrom(...PLACES),
      change,
      condition,
      isFree,
    },
    ...{ v: likely, w: likely },
  }),
  fc.record({
    kind: fc.constant('delete'),
    pk: fc.constantFrom(...PLACES),
    condition,
    isFree,
    v: value,
  }),
  fc.record({ kind: fc.constant('check'), pk: fc.constantFrom(...PLACES), condition, v: likely }),
);
interface Drawn {
  readonly kind: string;
  readonly pk: string;
  readonly attributes?: Members;
  readonly condition: string;
  readonly isFree?: boolean;
  readonly change?: string;
  readonly v?: Members;
  readonly w?: Members;
}

function writeOf(round: number, drawn: Drawn): Write {
  const pk = `${round}-${drawn.pk}`;
  const isOnlyFor = drawn.isFree === true ? undefined : drawn.condition;
  const expressions = [isOnlyFor, drawn.kind === 'update' ? drawn.change : undefined].join(' ');
  const names = expressions.includes('#t') ? { ExpressionAttributeNames: { '#t': 'text' } } : {};
  const used = Object.entries({ ':v': drawn.v ?? { N: '7' }, ':w': drawn.w ?? { N: '1' } }).filter(([name]) =>
    expressions.includes(name),
  );
  const given = {
    ...(isOnlyFor === undefined ? {} : { ConditionExpression: isOnlyFor }),
    ...names,
    ...(used.length === 0 ? {} : values(Object.fromEntries(used))),
  };
  if (drawn.kind === 'put') return put(pk, drawn.attributes, given);
  if (drawn.kind === 'update') return update(pk, drawn.change ?? '', given);
  if (drawn.kind === 'delete') return remove(pk, given);
  return check(pk, drawn.condition, given);
}

test('writes answer, cost and store the same as by the engine, their stream included', async () => {
  expect(stored('ByEngine').items).toEqual([]);
  for (const { pk, sk } of stored('ByFile').items)
    await client.call(`${API}.DeleteItem`, {
      TableName: 'ByFile',
      Key: keyOf(String(pk).slice(2), String(sk).slice(2)),
    });
  const database = new DatabaseSync(join(folder, 'table.db'));
  database.exec(`DELETE FROM _stream_records WHERE table_name = 'ByFile'`);
  database.close();
  let round = 0;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(write, fc.uniqueArray(write, { minLength: 1, maxLength: 3, selector: ({ pk }) => pk })),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      async (steps) => {
        round += 1;
        for (const step of steps) {
          count += 1;
          const drawn = (Array.isArray(step) ? step : [step]) as readonly Drawn[];
          const writes = drawn.map((each) => writeOf(round, each));
          const isTransaction = Array.isArray(step) || drawn[0]?.kind === 'check';
          const callFor = (table: TableName) =>
            isTransaction ? transaction(writes, table) : single(writes[0] as Write, table);
          const [here, there] = [
            await send(byFile, callFor('ByFile')),
            await send(byEngine, callFor('ByEngine')),
          ];
          expect(here).toEqual(there);
        }
        expect(stored('ByFile')).toEqual(stored('ByEngine'));
      },
    ),
    { numRuns: 120 },
  );
  // A quarter of what was drawn was written here, or the test says nothing.
  expect(sent.length).toBeLessThan((count * 3) / 4);
}, 120_000);
