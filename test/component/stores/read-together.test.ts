import { BatchGetCommand, type GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../shared/aws/clients.ts';
import { readItem, readItems } from '../../../shared/aws/read-together.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
const keyOf = (number: number) => ({ pk: `ITEM#${number}`, sk: 'ITEM' });

beforeAll(async () => {
  on = await startTable();
  for (let number = 0; number < 5; number += 1)
    await on.table.client.send(
      new PutCommand({ TableName: on.table.name, Item: { ...keyOf(number), number } }),
    );
});
afterAll(() => on.stop());

/** The table, with the calls that it got. `change` replaces an answer or throws. */
function watched(change: (command: unknown, answer: never) => unknown = (_, answer) => answer) {
  const calls: string[] = [];
  const client = {
    send: async (command: GetCommand | BatchGetCommand) => {
      calls.push(command.constructor.name);
      return change(command, (await on.table.client.send(command as never)) as never);
    },
  };
  return { table: { name: on.table.name, client } as unknown as Table, calls };
}

test('items that are asked for at the same moment are read by one call, each once', async () => {
  const { table, calls } = watched();
  const answers = await Promise.all([
    readItem(table, keyOf(1), { consistent: false }),
    readItems(table, [keyOf(2), keyOf(9), keyOf(1)], { consistent: false }),
  ]);
  expect(answers).toEqual([
    { ...keyOf(1), number: 1 },
    [{ ...keyOf(2), number: 2 }, undefined, { ...keyOf(1), number: 1 }],
  ]);
  expect(calls).toEqual(['BatchGetCommand']);
});

test('one item is read by itself, and a consistent read is not mixed with others', async () => {
  const { table, calls } = watched();
  await readItem(table, keyOf(1), { consistent: true });
  expect(calls).toEqual(['GetCommand']);
  await Promise.all([
    readItem(table, keyOf(1), { consistent: true }),
    readItem(table, keyOf(2), { consistent: false }),
  ]);
  expect(calls.slice(1)).toEqual(['GetCommand', 'GetCommand']);
});

test('what a batch leaves out is read by itself', async () => {
  const { table, calls } = watched((command, answer: { Responses?: Record<string, { pk: string }[]> }) => {
    if (!(command instanceof BatchGetCommand)) return answer;
    const { Responses = {} } = answer;
    const items = Responses[on.table.name] ?? [];
    return {
      Responses: { [on.table.name]: items.filter(({ pk }) => pk !== 'ITEM#3') },
      UnprocessedKeys: { [on.table.name]: { Keys: [keyOf(3)] } },
    };
  });
  const wanted = [keyOf(2), keyOf(3)];
  expect(await readItems(table, wanted, { consistent: true })).toMatchObject([{ number: 2 }, { number: 3 }]);
  expect(calls).toEqual(['BatchGetCommand', 'GetCommand']);
});

test('more than a hundred are read by several calls', async () => {
  const { table, calls } = watched();
  const wanted = Array.from({ length: 150 }, (_, number) => keyOf(number));
  const items = await readItems(table, wanted, { consistent: false });
  expect(items.filter((item) => item !== undefined)).toHaveLength(5);
  expect(calls).toEqual(['BatchGetCommand', 'BatchGetCommand']);
});

test('an error reaches everybody who asked', async () => {
  const { table } = watched(() => {
    throw new Error('no table');
  });
  const answers = await Promise.allSettled([
    readItem(table, keyOf(1), { consistent: true }),
    readItem(table, keyOf(2), { consistent: true }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
