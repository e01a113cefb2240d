import { expect, it } from 'vitest';
import { counted, problemLines } from '../../../../infra/cli/files/problems.ts';

it('an error that occurs on several lines is printed once', () => {
  const price = 'price:EUR: an amount of EUR';
  const problems = [2, 3, 4, 5, 6, 7].map((line) => ({ line, reason: price }));
  expect(
    problemLines('goods.csv', [
      ...problems,
      { line: 3, reason: 'sku: none' },
      { line: 9, reason: 'sku: none' },
    ]),
  ).toEqual([`goods.csv:2: ${price} (6 lines: 2, 3, 4, 5, 6 …)`, 'goods.csv:3: sku: none (2 lines: 3, 9)']);
  expect(problemLines('goods.csv', [{ line: 17, reason: 'hsCode: six digits' }])).toEqual([
    'goods.csv:17: hsCode: six digits',
  ]);
});

it('a count is written in words', () => {
  expect([counted(1, 'error'), counted(2, 'error'), counted(2, 'currency', 'currencies')]).toEqual([
    '1 error',
    '2 errors',
    '2 currencies',
  ]);
});
