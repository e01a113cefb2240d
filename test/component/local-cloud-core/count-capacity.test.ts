import { describe, expect, it } from 'vitest';
import { countCapacity } from '../../../infra/local/table/count-capacity.ts';

const item = { Item: { pk: { S: 'ORDER#1' } } };
const capacity = { TableName: 'entrepot', CapacityUnits: 0.5 };

/** Answers as engines write them: members in any order, with and without spaces. */
const answers: readonly (readonly [string, string])[] = [
  ['the capacity last, no spaces', JSON.stringify({ ...item, ConsumedCapacity: capacity })],
  ['the capacity first', JSON.stringify({ ConsumedCapacity: capacity, ...item })],
  [
    'the capacity last, a space after each comma',
    `{"Item": ${JSON.stringify(item.Item)}, "ConsumedCapacity": ${JSON.stringify(capacity)}}`,
  ],
  [
    'the capacity last, over several lines',
    JSON.stringify({ ...item, ConsumedCapacity: capacity }, undefined, 2),
  ],
];

describe('the capacity that an engine reports', () => {
  it.each(answers)('is counted and removed from the answer: %s', (_name, text) => {
    const counted: [string, number][] = [];
    const meter = (unit: string, count: number) => void counted.push([unit, count]);
    const answer = countCapacity('GetItem', {}, { status: 200, body: Buffer.from(text) }, meter);
    expect(JSON.parse(answer.text)).toEqual(item);
    expect(counted).toEqual([['dynamodb.readUnits', 0.5]]);
  });
});
