import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
const keyOf = (number: number) => ({ pk: `CALL#${number}`, sk: 'CALL' });
const put = (number: number, more: object = {}) =>
  on.table.client.send(
    new PutCommand({ TableName: on.table.name, Item: { ...keyOf(number), number, ...more } }),
  );
const get = async (number: number) =>
  (await on.table.client.send(new GetCommand({ TableName: on.table.name, Key: keyOf(number) }))).Item;

beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

test('calls of one kind at the same moment get their own answers, with values of JavaScript', async () => {
  const numbers = Array.from({ length: 30 }, (_, number) => number);
  const more = { bytes: new Uint8Array([1, 2]), names: new Set(['a']), left: undefined };
  await Promise.all(numbers.map((number) => put(number, more)));
  const items = await Promise.all(numbers.map(get));
  expect(items).toEqual(
    numbers.map((number) => ({
      ...keyOf(number),
      number,
      bytes: new Uint8Array([1, 2]),
      names: new Set(['a']),
    })),
  );
  const { Items } = await on.table.client.send(
    new QueryCommand({
      TableName: on.table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'CALL#7' },
    }),
  );
  expect(Items).toEqual([items[7]]);
});

test('a refusal is an error of its kind, and the next call is not affected', async () => {
  const refused = on.table.client.send(
    new PutCommand({
      TableName: on.table.name,
      Item: keyOf(1),
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  await expect(refused).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  expect(await get(1)).toMatchObject({ number: 1 });
});

test('a change of the middleware holds from the next call on', async () => {
  const { middlewareStack } = on.table.client;
  await get(1);
  middlewareStack.add(
    () => async () => {
      throw new Error('in between');
    },
    { step: 'initialize', name: 'between' },
  );
  await expect(get(1)).rejects.toThrow('in between');
  middlewareStack.remove('between');
  expect(await get(1)).toMatchObject({ number: 1 });
});
