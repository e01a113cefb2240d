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
const TABLES = ['ByItself', 'ByEngine'] as const;
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
  return { status, answer: JSON.parse(answered.replaceAll(/By(?:Itself|Engine)/g, 'Table')), units };
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
  await send(byFile, single(write, 'ByItself'));
  sent = [];
}

describe('writes into the file of the engine', () => {
  test('need the engine once for each expression, and then no more', async () => {
    for (let place = 0; place < 4; place += 1)
      await send(
        byFile,
        single(put(`once-${place}`, {}, { ConditionExpression: 'attribute_not_exists(pk)' }), 'ByItself'),
      );
    expect(sent).toEqual(['PutItem']);
  });

  test('go to the engine when their condition is not met, which refuses them and gives the item', async () => {
    const isNew = {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    await written(put('refused', { text: { S: 'before' } }, isNew));
    const { status, answer } = await send(byFile, single(put('refused', {}, isNew), 'ByItself'));
    expect(status).toBe(400);
    expect(answer.__type).toContain('ConditionalCheckFailedException');
    expect(answer.Item).toEqual({ ...keyOf('refused'), text: { S: 'before' } });
    expect(sent).toEqual(['PutItem']);
  });

  test('are refused by the engine where an expression is not valid', async () => {
    const { answer } = await send(
      byFile,
      single(update('word', 'SET state = :v', values({ ':v': { S: 'a' } })), 'ByItself'),
    );
    expect(answer.message).toContain('reserved keyword: state');
  });

  test('of a transaction are all done or none', async () => {
    await send(byFile, transaction([put('all-0'), check('all-1', 'attribute_not_exists(pk)')], 'ByItself'));
    await send(byFile, single(put('all-1'), 'ByItself'));
    const { answer } = await send(
      byFile,
      transaction([put('all-2'), check('all-1', 'attribute_not_exists(pk)')], 'ByItself'),
    );
    expect(answer.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual([
      'None',
      'ConditionalCheckFailed',
    ]);
    const pks = stored('ByItself').items.map(({ pk }) => pk);
    expect(pks).toContain('S:all-0');
    expect(pks).not.toContain('S:all-2');
  });

  test('of a transaction are done once for its token, for ten minutes', async () => {
    const add = (token: string, more = '1') =>
      send(
        byFile,
        transaction([update('token', 'ADD n :n', values({ ':n': { N: more } }))], 'ByItself', {
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
    const n = () => stored('ByItself').items.find(({ pk }) => pk === 'S:token')?.item_json;
    expect(n()).toMatchObject({ n: { N: '2' } });
    nowMs += 10 * 60_000;
    await add('second');
    expect(n()).toMatchObject({ n: { N: '3' } });
  });

  test('wait for a write that is at the engine', async () => {
    const add = () =>
      send(byFile, single(update('waits', 'ADD n :one', values({ ':one': { N: '1' } })), 'ByItself'));
    await Promise.all(Array.from({ length: 20 }, add));
    expect(sent).toEqual(['UpdateItem']);
    expect(stored('ByItself').items.find(({ pk }) => pk === 'S:waits')?.item_json).toMatchObject({
      n: { N: '20' },
    });
  });

  test('are found by the next read of the engine', async () => {
    await written(put('stays'));
    await send(byFile, single(put('stays-too'), 'ByItself'));
    const { Item } = await client.call<{ Item: object }>(`${API}.GetItem`, {
      ...{ TableName: 'ByItself', Key: keyOf('stays-too'), ConsistentRead: true },
    });
    expect(Item).toEqual(keyOf('stays-too'));
    expect(sent).toEqual([]);
  });
});

/** What only looks like a write that was accepted: first the accepted one, then that. */
const LOOKALIKES: readonly (readonly [what: string, accepted: Write, tried: Write])[] = [
  ['half a surrogate pair', put('l', { t: { S: 'x' } }), put('l', { t: { S: 'x\ud83d' } })],
  ['half a surrogate pair in a key', put('l'), put('l\ud83d')],
  ['bytes that are no base64', put('l', { b: { B: 'YQ==' } }), put('l', { b: { B: 'a!b' } })],
  ['bytes without their padding', put('l', { b: { B: 'YQ==' } }), put('l', { b: { B: 'YQ' } })],
  [
    'a type that a function does not take, where a comparison before decides',
    put(
      'l',
      {},
      {
        ConditionExpression: 'attribute_not_exists(t) OR begins_with(t, :v)',
        ...values({ ':v': { S: 'a' } }),
      },
    ),
    put(
      'l',
      {},
      {
        ConditionExpression: 'attribute_not_exists(t) OR begins_with(t, :v)',
        ...values({ ':v': { N: '1' } }),
      },
    ),
  ],
  [
    'an alias of a key',
    update('l', 'SET #p = :v', { ExpressionAttributeNames: { '#p': 't' }, ...values({ ':v': { S: 'l' } }) }),
    update('l', 'SET #p = :v', { ExpressionAttributeNames: { '#p': 'pk' }, ...values({ ':v': { S: 'l' } }) }),
  ],
  ['names that are empty', put('l'), put('l', {}, { ExpressionAttributeNames: {} })],
  ['values that are empty', put('l'), put('l', {}, values({}))],
  [
    'an attribute that every object has',
    put(
      'l',
      {},
      { ConditionExpression: 'attribute_not_exists(#c)', ExpressionAttributeNames: { '#c': 'zz' } },
    ),
    put(
      'l',
      {},
      { ConditionExpression: 'attribute_not_exists(#c)', ExpressionAttributeNames: { '#c': 'constructor' } },
    ),
  ],
  [
    'what holds where an attribute is missing that every object has',
    update('l', 'SET a = if_not_exists(#c, :v)', {
      ExpressionAttributeNames: { '#c': 'z' },
      ...values({ ':v': { S: 'b' } }),
    }),
    update('l', 'SET a = if_not_exists(#c, :v)', {
      ...{ ExpressionAttributeNames: { '#c': 'toString' }, ...values({ ':v': { S: 'c' } }) },
    }),
  ],
  [
    'the name of a prototype',
    update('l', 'SET #p = :v', { ExpressionAttributeNames: { '#p': 't' }, ...values({ ':v': { S: 'l' } }) }),
    update('l', 'SET #p = :v', {
      ExpressionAttributeNames: { '#p': '__proto__' },
      ...values({ ':v': { S: 'l' } }),
    }),
  ],
  [
    'a map in another order',
    put('l', { place: { S: 'x' }, text: { M: { a: { N: '1' }, b: { SS: ['c', 'd'] } } } }),
    put('l', { place: { S: 'x' }, text: { M: { b: { SS: ['d', 'c'] }, a: { N: '1' } } } }),
  ],
];

test.each(LOOKALIKES)('%s is answered and stored as by the engine', async (_, accepted, tried) => {
  for (const [calls, table] of [
    [byFile, 'ByItself'],
    [byEngine, 'ByEngine'],
  ] as const)
    for (const each of [accepted, accepted]) await send(calls, single(each, table));
  expect(await send(byFile, single(tried, 'ByItself'))).toEqual(
    await send(byEngine, single(tried, 'ByEngine')),
  );
  const [here, there] = TABLES.map((table) => stored(table).items.find(({ pk }) => pk === 'S:l'));
  expect(here).toEqual(there);
});

test.each<[string, unknown, Members]>([
  ['no writes', [], {}],
  ['a write that is null', [null], {}],
  ['two writes in one', [{ Put: put('two')[1], Delete: remove('two')[1] }], {}],
  ['an item that is null', [{ Put: { TableName: 'ByItself', Item: null } }], {}],
  [
    'a token that is too long',
    [{ Put: { TableName: 'ByItself', Item: keyOf('long') } }],
    { ClientRequestToken: 'x'.repeat(40) },
  ],
])('a transaction with %s is answered by the engine', async (_, TransactItems, more) => {
  await send(byFile, transaction([put('long')], 'ByItself'));
  const call = { operation: 'TransactWriteItems', input: { TransactItems, ...more } };
  const text = JSON.stringify({ ...call.input, ReturnConsumedCapacity: 'TOTAL' });
  const [here, there] = [byFile, byEngine].map((calls) =>
    calls.send({ operation: call.operation, target: `${API}.${call.operation}`, text, input: call.input }),
  );
  expect(JSON.parse(String((await here)?.body))).toEqual(JSON.parse(String((await there)?.body)));
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
  const database = new DatabaseSync(join(folder, 'table.db'));
  for (const table of TABLES) {
    for (const part of ['', '::gsi::byList', '::gsi::byPlace'])
      database.exec(`DELETE FROM "${table}${part}"`);
    database.exec(`DELETE FROM _stream_records WHERE table_name = '${table}'`);
  }
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
            await send(byFile, callFor('ByItself')),
            await send(byEngine, callFor('ByEngine')),
          ];
          expect(here).toEqual(there);
        }
        expect(stored('ByItself')).toEqual(stored('ByEngine'));
      },
    ),
    { numRuns: 120 },
  );
  // A quarter of what was drawn was written here, or the test says nothing.
  expect(sent.length).toBeLessThan((count * 3) / 4);
}, 120_000);
