import { describe, expect, it } from 'vitest';
import { askingCapacity, countCapacity } from '../../../infra/local/table/count-capacity.ts';

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

describe('an answer whose text does not show which member is the capacity', () => {
  const counted = (text: string) => {
    let units = 0;
    const meter = (_unit: string, count: number) => {
      units += count;
    };
    const answer = countCapacity('GetItem', {}, { status: 200, body: Buffer.from(text) }, meter);
    return { answer: JSON.parse(answer.text), units };
  };

  it('is parsed: an attribute has the same name', () => {
    const named = { Item: { ConsumedCapacity: { S: 'x' } } };
    expect(counted(JSON.stringify({ ...named, ConsumedCapacity: capacity }))).toEqual({
      answer: named,
      units: 0.5,
    });
    expect(counted(JSON.stringify(named))).toEqual({ answer: named, units: 0 });
  });

  it('is parsed: the capacity is divided by indexes', () => {
    const byIndex = { ...capacity, Table: { CapacityUnits: 0.5 } };
    expect(counted(JSON.stringify({ ConsumedCapacity: byIndex, ...item }))).toEqual({
      answer: item,
      units: 0.5,
    });
  });

  it('may be a text with the same word', () => {
    const text = { Item: { pk: { S: '"ConsumedCapacity":{"CapacityUnits":9}' } } };
    expect(counted(JSON.stringify({ ...text, ConsumedCapacity: [capacity, capacity] }))).toEqual({
      answer: text,
      units: 1,
    });
  });
});

describe('a request', () => {
  it.each([
    [{ TableName: 'ä' }, { TableName: 'ä', ReturnConsumedCapacity: 'TOTAL' }],
    [{}, { ReturnConsumedCapacity: 'TOTAL' }],
    [{ ReturnConsumedCapacity: 'NONE' }, { ReturnConsumedCapacity: 'TOTAL' }],
    [{ ReturnConsumedCapacity: 'INDEXES' }, { ReturnConsumedCapacity: 'INDEXES' }],
  ])('asks for the capacity: %j', (input, asking) => {
    expect(JSON.parse(askingCapacity(JSON.stringify(input), input))).toEqual(asking);
  });
});
