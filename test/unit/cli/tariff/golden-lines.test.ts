import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConsignmentLine } from '../../../../events/landed-cost.ts';
import { amountAt } from '../../../../shared/duties/assess/duty-rate.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { edition, linesAt } from './files.ts';

interface Golden {
  readonly tariff: 'us' | 'gb' | 'eu';
  readonly code: string;
  readonly published: string;
  /** `MM-DD`, where the rate depends on it. */
  readonly day?: string;
  readonly value: number;
  readonly currency: Currency;
  readonly quantity: number;
  readonly grams: number;
  readonly measures?: ConsignmentLine['measures'];
  readonly duty: number;
}

const { lines } = JSON.parse(readFileSync('test/fixtures/tariffs/golden-lines.json', 'utf8')) as {
  readonly lines: readonly Golden[];
};
const editions = { us: edition('us-2025-11'), gb: edition('gb-2020-12'), eu: edition('eu-2020-12') };

test('a hundred lines are drawn over chapters', () => {
  expect(lines).toHaveLength(100);
  expect(new Set(lines.map(({ code }) => code.slice(0, 2))).size).toBeGreaterThan(45);
});

test.each(lines)('$tariff $code at $published', ({ tariff, code, published, day = '06-30', ...goods }) => {
  const [line] = linesAt(editions[tariff], code).filter(
    ({ season }) => season === undefined || (season.from <= day && day <= season.to),
  );
  expect(line?.text).toBe(published);
  const consignment = {
    ...{ hsCode: code, quantity: goods.quantity, unitWeightGrams: goods.grams },
    ...(goods.measures === undefined ? {} : { measures: goods.measures }),
  } as ConsignmentLine;
  expect(line?.rate && amountAt(line.rate, money(goods.value, goods.currency), consignment)).toEqual(
    money(goods.duty, goods.currency),
  );
});
