import { describe, expect, test } from 'vitest';
import { createStrike } from '../../../infra/local/faults/create-strike.ts';
import { bill } from '../../../infra/local/meter/bill.ts';
import { countsSince, createMeter } from '../../../infra/local/meter/create-meter.ts';
import { createPartitionLimit } from '../../../infra/local/table/partition-limit.ts';

describe('the meter', () => {
  test('counts by unit and gives what moved between two moments', () => {
    const { meter, counts } = createMeter();
    meter('sqs.requests', 2);
    const before = counts();
    meter('sqs.requests', 3);
    meter('dynamodb.readUnits', 0.5);
    meter('events.put', 0);
    expect(before).toEqual({ 'sqs.requests': 2 });
    expect(countsSince(before, counts())).toEqual({ 'dynamodb.readUnits': 0.5, 'sqs.requests': 3 });
  });
});

describe('a bill', () => {
  test('prices each unit and the whole at list price, dearest first', () => {
    const counts = { 'lambda.requests': 10_000, 'lambda.mbMs': 10_240_000, 'dynamodb.readUnits': 1000.5 };
    const { lines, totalMicroUsd, totalPerOrderNanoUsd } = bill(counts, 100);
    expect(lines.map(({ unit, amountMicroUsd }) => [unit, amountMicroUsd])).toEqual([
      ['lambda.requests', 2000],
      // 10 GB-seconds at 13.3334 millionths of a dollar.
      ['lambda.mbMs', 133],
      ['dynamodb.readUnits', 125],
    ]);
    expect(totalMicroUsd).toBe(2258);
    expect(totalPerOrderNanoUsd).toBe(22_584);
    expect(lines[0]?.perOrderNanoUsd).toBe(20_000);
  });

  test('refuses a unit that has no price', () => {
    expect(() => bill({ 'moon.trips': 1 })).toThrow('moon.trips');
  });
});

describe('the generator of faults', () => {
  test('gives the same answers for the same seed and strikes about as often as told', () => {
    const draw = (seed: number): boolean[] => {
      const strike = createStrike(seed, { drop: 0.25 });
      return Array.from({ length: 4000 }, () => strike('drop'));
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const struck = draw(5).filter(Boolean).length;
    expect(struck).toBeGreaterThan(900);
    expect(struck).toBeLessThan(1100);
  });

  test('never strikes without a rate', () => {
    const strike = createStrike(1, {});
    expect(Array.from({ length: 100 }, () => strike('kill'))).not.toContain(true);
  });
});

describe('the limit of a partition key', () => {
  const body = (pk: string, bytes = 10): Buffer =>
    Buffer.from(JSON.stringify({ TableName: 'T', Item: { pk: { S: pk }, x: { S: 'x'.repeat(bytes) } } }));
  const tables = new Map([['T', 'pk']]);
  const passed: readonly number[] = [];

  test('refuses what is over the units of a second, per key, and takes more later', () => {
    let nowMs = 0;
    const limit = createPartitionLimit({ writeUnitsPerSecond: 2 }, tables, () => nowMs);
    const write = (pk: string) => limit.admit('PutItem', body(pk));
    expect([1, 2, 3].map(() => write('hot'))).toEqual([passed, passed, [0]]);
    expect(write('cold')).toEqual(passed);
    nowMs = 500;
    expect([1, 2].map(() => write('hot'))).toEqual([passed, [0]]);
  });

  test('counts a unit per begun kilobyte, twice in a transaction, and names the actions that met it', () => {
    const limit = createPartitionLimit({ writeUnitsPerSecond: 4 }, tables, () => 0);
    expect(limit.admit('PutItem', body('a', 3500))).toEqual(passed);
    expect(limit.admit('PutItem', body('a'))).toEqual([0]);
    const put = (pk: string) => ({ Put: JSON.parse(body(pk).toString()) });
    const transaction = (...pks: string[]) => Buffer.from(JSON.stringify({ TransactItems: pks.map(put) }));
    expect(limit.admit('TransactWriteItems', transaction('c', 'b', 'b', 'b'))).toEqual([1, 2, 3]);
    // What was refused was not counted.
    expect(limit.admit('TransactWriteItems', transaction('c', 'b', 'b'))).toEqual(passed);
  });

  test('refuses to read a key that was read over its limit, whichever way it is read', () => {
    let nowMs = 0;
    const limit = createPartitionLimit({ readUnitsPerSecond: 3 }, tables, () => nowMs);
    const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'any' } });
    const ways: readonly (readonly [string, object])[] = [
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
      const request = Buffer.from(JSON.stringify(input));
      expect(limit.admit(operation, request)).toEqual(passed);
      limit.countRead(operation, request, 3);
      expect([operation, limit.admit(operation, request)]).toEqual([operation, [0]]);
    }
    const cold = Buffer.from(JSON.stringify({ TableName: 'T', Key: key('cold') }));
    expect(limit.admit('GetItem', cold)).toEqual(passed);
    // Writes have a limit of their own, and here none.
    expect(limit.admit('PutItem', body('hot'))).toEqual(passed);
  });
});
