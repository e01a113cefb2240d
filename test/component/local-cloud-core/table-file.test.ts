import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openMessageFile } from '../../../infra/local/queues/message-file.ts';
import { createEngineClient } from '../../../infra/local/table/engine-client.ts';
import { startEngine } from '../../../infra/local/table/start-engine.ts';
import { PartnerStore } from '../../../infra/sandbox/store.ts';
import type { StoredItem } from '../../bench/load/order-copies.ts';
import { openTableFile } from '../../bench/load/table-file.ts';

const API = 'DynamoDB_20120810';
const TableName = 'growth';
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const declared = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt'].map(text),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: 'due', KeySchema: key('dueShard', 'dueAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
};
const headOf = (orderId: string): StoredItem => ({
  pk: { S: `ORDER#${orderId}` },
  sk: { S: 'ORDER' },
  dueShard: { S: 'DUE#1' },
  dueAt: { S: '2026-03-10T08:02:00.000Z' },
  movedBy: { N: '7' },
  details: { B: 'AQIDBA==' },
});

it('the engine finds what was added to its file, in the table and in the index, with the same units', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-table-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const withEngine = async (use: (client: ReturnType<typeof createEngineClient>) => Promise<void>) => {
    const engine = await startEngine(folder, () => {});
    const client = createEngineClient(engine.host, engine.port, 'eu-central-1');
    try {
      await use(client);
    } finally {
      client.close();
      await engine.stop();
    }
  };
  await withEngine(async (client) => {
    await client.call(`${API}.CreateTable`, declared);
    await client.call(`${API}.PutItem`, { TableName, Item: headOf('written') });
  });
  const file = openTableFile(folder);
  expect(file.items()).toEqual([headOf('written')]);
  file.add([headOf('added')]);
  expect(() => file.add([headOf('another'), headOf('added')])).toThrow('UNIQUE');
  file.close();
  await withEngine(async (client) => {
    const { Items } = await client.call<{ Items: StoredItem[] }>(`${API}.Query`, {
      TableName,
      IndexName: 'due',
      KeyConditionExpression: 'dueShard = :shard',
      ExpressionAttributeValues: { ':shard': { S: 'DUE#1' } },
    });
    const { details: _details, movedBy: _movedBy, ...keys } = headOf('added');
    expect(Items.map(({ pk }) => pk?.S)).toEqual(['ORDER#added', 'ORDER#written']);
    expect(Items[0]).toEqual(keys);
    const get = (orderId: string) =>
      client.call<{ Item: StoredItem; ConsumedCapacity: object }>(`${API}.GetItem`, {
        TableName,
        Key: { pk: { S: `ORDER#${orderId}` }, sk: { S: 'ORDER' } },
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      });
    const [added, written] = [await get('added'), await get('written')];
    expect(added.Item).toEqual(headOf('added'));
    expect(added.ConsumedCapacity).toEqual(written.ConsumedCapacity);
  });
});

it('only the own user can read what the engine, the queues and the partners store, also after an older start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['table.db', 'partners.db', 'queue-messages.db'])
    writeFileSync(join(folder, name), '', { mode: 0o644 });
  const store = new PartnerStore(folder);
  const messages = openMessageFile(folder);
  messages.keep({ id: '1', body: 'a call of a partner' }, 'queue');
  const engine = await startEngine(folder, () => {});
  const client = createEngineClient(engine.host, engine.port, 'eu-central-1');
  await client.call(`${API}.CreateTable`, declared);

  const files = readdirSync(folder).filter((name) => name.includes('.db'));
  const open = files.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);

  client.close();
  await engine.stop();
  store.close();
  messages.close();
  expect(files).toEqual(
    expect.arrayContaining(['partners.db', 'queue-messages.db', 'table.db', 'table.db-wal']),
  );
  expect(open).toEqual([]);
});
