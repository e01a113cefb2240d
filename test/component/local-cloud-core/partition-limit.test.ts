import { describe, expect, test } from 'vitest';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import { createPartitionLimit } from '../../../infra/local/table/partition-limit.ts';
import { keysOfTables } from '../../../infra/local/table/table-keys.ts';

describe('the limit of a partition key', () => {
  const body = (pk: string, bytes = 10) => ({
    TableName: 'T',
    Item: { pk: { S: pk }, x: { S: 'x'.repeat(bytes) } },
  });
  const tables = new Map([['T', { partitionKey: 'pk', sortKey: 'sk', indexes: new Map() }]]);
  const passed: readonly number[] = [];

  test('refuses requests above the units of a second, for each key, and accepts more later', () => {
    let nowMs = 0;
    const limit = createPartitionLimit({ writeUnitsPerSecond: 2 }, tables, () => nowMs);
    const write = (pk: string) => limit.admit('PutItem', body(pk));
    expect([1, 2, 3].map(() => write('hot'))).toEqual([passed, passed, [0]]);
    expect(write('cold')).toEqual(passed);
    nowMs = 500;
    expect([1, 2].map(() => write('hot'))).toEqual([passed, [0]]);
  });

  test('counts a unit for each kilobyte begun, twice in a transaction, and names the refused actions', () => {
    const limit = createPartitionLimit({ writeUnitsPerSecond: 4 }, tables, () => 0);
    expect(limit.admit('PutItem', body('a', 3500))).toEqual(passed);
    expect(limit.admit('PutItem', body('a'))).toEqual([0]);
    const put = (pk: string) => ({ Put: body(pk) });
    const transaction = (...pks: string[]) => ({ TransactItems: pks.map(put) });
    expect(limit.admit('TransactWriteItems', transaction('c', 'b', 'b', 'b'))).toEqual([1, 2, 3]);
    // Refused requests were not counted.
    expect(limit.admit('TransactWriteItems', transaction('c', 'b', 'b'))).toEqual(passed);
  });

  test('refuses every kind of read of a key that was read above its limit', () => {
    let nowMs = 0;
    const limit = createPartitionLimit({ readUnitsPerSecond: 3 }, tables, () => nowMs);
    const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'any' } });
    const ways: readonly (readonly [string, Record<string, unknown>])[] = [
      ['GetItem', { TableName: 'T', Key: key('hot') }],
      ['BatchGetItem', { RequestItems: { T: { Keys: [key('hot')] } } }],
      ['TransactGetItems', { TransactItems: [{ Get: { TableName: 'T', Key: key('hot') } }] }],
      [
        'Query',
        {
          TableName: 'T',
          KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
          ExpressionAttributeNames: { '#p': 'pk' },
          ExpressionAttributeValues: { ':p': { S: 'hot' }, ':s': { S: 'any' } },
        },
      ],
    ];
    for (const [operation, input] of ways) {
      nowMs += 10_000;
      const request = input;
      expect(limit.admit(operation, request)).toEqual(passed);
      limit.countRead(operation, request, 3);
      expect([operation, limit.admit(operation, request)]).toEqual([operation, [0]]);
    }
    const cold = { TableName: 'T', Key: key('cold') };
    expect(limit.admit('GetItem', cold)).toEqual(passed);
    // Writes have a separate limit, and here they have none.
    expect(limit.admit('PutItem', body('hot'))).toEqual(passed);
  });
});

describe('the limit of an index partition', () => {
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  const resource = {
    ...{ type: 'AWS::DynamoDB::Table', ref: 'T' },
    properties: {
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        { IndexName: 'lists', KeySchema: [key('list', 'HASH'), key('place', 'RANGE')] },
        { IndexName: 'due', KeySchema: [key('shard', 'HASH'), key('at', 'RANGE')] },
      ],
    },
  } as unknown as Resource;
  const tables = keysOfTables([resource]);
  const passed: readonly number[] = [];
  const text = (value: string) => ({ S: value });

  /** A table with a limit of units a second. Its clock stands still. */
  function limited(writeUnitsPerSecond: number) {
    const limit = createPartitionLimit({ writeUnitsPerSecond }, tables, () => 0);
    const write = (operation: string, input: Record<string, unknown>, isRefused = false) => {
      const body = input;
      const over = limit.admit(operation, body);
      if (over.length === 0 && !isRefused) limit.countWritten(operation, body);
      return over;
    };
    const itemOf = (pk: string, list?: string) => ({
      ...{ TableName: 'T', Item: { pk: text(pk), sk: text('s') } },
      ...(list === undefined
        ? {}
        : { Item: { pk: text(pk), sk: text('s'), list: text(list), place: text(pk) } }),
    });
    const updateOf = (pk: string, UpdateExpression: string, values: Record<string, string>) => ({
      ...{ TableName: 'T', Key: { pk: text(pk), sk: text('s') }, UpdateExpression },
      ExpressionAttributeNames: { '#list': 'list', '#shard': 'shard' },
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, text(value)]),
      ),
    });
    return { write, itemOf, updateOf };
  }

  test('applies to items of many table partitions, one unit each, and names the refused actions', () => {
    const { write, itemOf } = limited(2);
    expect(['a', 'b', 'c'].map((pk) => write('PutItem', itemOf(pk, 'open')))).toEqual([passed, passed, [0]]);
    expect(write('PutItem', itemOf('d', 'closed'))).toEqual(passed);
    expect(write('PutItem', itemOf('e'))).toEqual(passed);
    // An entry is one unit in a transaction too.
    const crowd = limited(4);
    const put = (pk: string, list?: string) => ({ Put: crowd.itemOf(pk, list) });
    const TransactItems = [put('f', 'open'), put('g'), put('h', 'open'), put('i', 'open')];
    expect(crowd.write('TransactWriteItems', { TransactItems })).toEqual(passed);
    expect(crowd.write('TransactWriteItems', { TransactItems: [put('j'), put('k', 'open')] })).toEqual(
      passed,
    );
    expect(crowd.write('TransactWriteItems', { TransactItems: [put('l'), put('m', 'open')] })).toEqual([1]);
  });

  test('does not count an update that keeps the keys, or a refused write', () => {
    const { write, itemOf, updateOf } = limited(100);
    write('PutItem', itemOf('a', 'open'));
    for (let step = 0; step < 90; step += 1)
      expect(
        write('UpdateItem', updateOf('a', 'SET n = :n, #list = :list', { ':n': 'x', ':list': 'open' })),
      ).toEqual(passed);
    for (let step = 0; step < 200; step += 1)
      expect(write('PutItem', itemOf(`refused-${step}`, 'open'), true)).toEqual(passed);
    const more = Array.from({ length: 100 }, (_, at) => write('PutItem', itemOf(`b-${at}`, 'open')));
    expect(more.filter((over) => over.length === 0)).toHaveLength(99);
  });

  test('counts one unit if an item leaves or enters, and two if it changes its place', () => {
    const { write, itemOf, updateOf } = limited(5);
    write('PutItem', itemOf('a', 'open'));
    expect(write('UpdateItem', updateOf('a', 'SET #list = :list', { ':list': 'closed' }))).toEqual(passed);
    expect(write('UpdateItem', updateOf('a', 'SET place = :place', { ':place': 'later' }))).toEqual(passed);
    // Of five units, three are left for the first list, and two for the other.
    const putInto = (list: string, prefix: string) =>
      Array.from({ length: 4 }, (_, at) => write('PutItem', itemOf(`${prefix}-${at}`, list))).filter(
        (over) => over.length === 0,
      ).length;
    expect([putInto('open', 'b'), putInto('closed', 'c')]).toEqual([3, 2]);
  });

  test('counts items that leave a sparse index by update, batch or deletion', () => {
    const { write, updateOf } = limited(2);
    const due = { ':shard': '1', ':at': 'noon' };
    const put = (pk: string) => write('UpdateItem', updateOf(pk, 'SET #shard = :shard, at = :at', due));
    expect(put('a')).toEqual(passed);
    const removal = updateOf('a', 'SET n = :n REMOVE #shard, at ADD m :n', { ':n': 'x' });
    expect(write('UpdateItem', removal)).toEqual(passed);
    expect(put('b')).toEqual([0]);

    const crowd = limited(2);
    const { Item } = crowd.itemOf('b', 'open');
    expect(crowd.write('BatchWriteItem', { RequestItems: { T: [{ PutRequest: { Item } }] } })).toEqual(
      passed,
    );
    const Key = { pk: text('b'), sk: text('s') };
    expect(crowd.write('DeleteItem', { TableName: 'T', Key })).toEqual(passed);
    expect(crowd.write('PutItem', crowd.itemOf('c', 'open'))).toEqual([0]);
  });
});
