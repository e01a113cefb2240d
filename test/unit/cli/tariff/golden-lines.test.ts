import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { edition, linesAt } from './files.ts';

interface Golden {
  readonly tariff: 'us' | 'gb' | 'eu';
  readonly code: string;
  readonly published: string;
  /** `MM-DD`, where the rate depends on it. */
  readonly day?: string;
  readonly value: number;
  readonly quantity: number;
  readonly grams: number;
  readonly measures?: Readonly<Record<string, string>>;
  readonly duty: number;
}

type Parts = NonNullable<Exclude<DutyRate, string>['least']>;

const { lines } = JSON.parse(readFileSync('test/fixtures/tariffs/golden-lines.json', 'utf8')) as {
  readonly lines: readonly Golden[];
};
const editions = { us: edition('us-2025-11'), gb: edition('gb-2020-12'), eu: edition('eu-2020-12') };

/** Millionths of a minor unit: every figure of the fixture is a whole number of them, up to thirds of a dozen. */
const MILLION = 1_000_000n;
const millionths = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * MILLION + BigInt(fraction.padEnd(6, '0'));
};

/** How much of a unit all units of the goods are, in millionths. */
function quantityIn(unit: string, { quantity, grams, measures = {} }: Golden): bigint {
  const all = (one: bigint) => one * BigInt(quantity);
  const litres = millionths(measures.litres ?? '0');
  switch (unit) {
    case 'kg':
    case 'gross-kg':
      return all(BigInt(grams) * 1000n);
    case 'litre':
      return all(litres);
    case 'alcohol-litre':
    case 'alcohol-degree-hectolitre':
      return all((litres * millionths(measures.alcoholPercent ?? '0')) / MILLION / 100n);
    case 'square-metre':
      return all(millionths(measures.squareMetres ?? '0'));
    case 'metre':
      return all(millionths(measures.metres ?? '0'));
    case 'cubic-metre':
      return all(millionths(measures.cubicMetres ?? '0'));
    default:
      return all(MILLION);
  }
}

function sumOf({ percent = '0', perKg, perUnit, specific = [] }: Parts, goods: Golden): bigint {
  const amounts = [
    ...(perKg === undefined ? [] : [{ minor: String(perKg.amount), per: 1, unit: 'kg' }]),
    ...(perUnit === undefined ? [] : [{ minor: String(perUnit.amount), per: 1, unit: 'piece' }]),
    ...specific,
  ].map(({ minor, per, unit }) => (millionths(minor) * quantityIn(unit, goods)) / MILLION / BigInt(per));
  return amounts.reduce((all, each) => all + each, (BigInt(goods.value) * millionths(percent)) / 100n);
}

/** The duty in minor units, rounded once, half up. */
function dutyAt(rate: DutyRate, goods: Golden): number {
  const parts = typeof rate === 'string' ? { percent: rate } : rate;
  const { least, most } = { least: undefined, most: undefined, ...parts };
  let duty = sumOf(parts, goods);
  if (least !== undefined && sumOf(least, goods) > duty) duty = sumOf(least, goods);
  if (most !== undefined && sumOf(most, goods) < duty) duty = sumOf(most, goods);
  return Number((duty + MILLION / 2n) / MILLION);
}

test('a hundred lines are drawn over chapters', () => {
  expect(lines).toHaveLength(100);
  expect(new Set(lines.map(({ code }) => code.slice(0, 2))).size).toBeGreaterThan(45);
});

test.each(lines)('$tariff $code at $published', (golden) => {
  const { tariff, code, published, day = '06-30', duty } = golden;
  const [line] = linesAt(editions[tariff], code).filter(
    ({ season }) => season === undefined || (season.from <= day && day <= season.to),
  );
  expect(line?.text).toBe(published);
  expect(line?.rate && dutyAt(line.rate, golden)).toBe(duty);
});
