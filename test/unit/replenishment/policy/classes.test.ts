import { describe, expect, it } from 'vitest';
import { classify } from '../../../../shared/replenishment/policy/classes.ts';
import { normalDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';

const sku = (name: string, yearlyMinor: number, mean: number, deviation: number) => ({
  sku: name,
  yearlyMinor,
  demand: normalDemand(mean, deviation),
});

describe('ABC and XYZ', () => {
  it('classes by the cumulated value before the SKU and by the coefficient of variation', () => {
    // The whole value is 1,000. Before P1: 0 (A). Before P2: 700 < 800 (A). Before P3: 850, of 800 to 950 (B).
    // Before P4: 950, not below 950 (C). P5 is worth nothing (C).
    // Variation: 5 / 10 = 0.5 (X); 9 / 10 = 0.9 (Y); 12 / 10 = 1.2 (Z); no demand (Z).
    const { classes, problems } = classify([
      sku('P3', 100, 10, 12),
      sku('P1', 700, 10, 5),
      sku('P5', 0, 0, 0),
      sku('P4', 50, 10, 5),
      sku('P2', 150, 10, 9),
    ]);
    expect(problems).toEqual([]);
    expect(classes.map((each) => [each.sku, `${each.value}${each.variability}`, each.serviceLevel])).toEqual([
      ['P1', 'AX', 0.98],
      ['P2', 'AY', 0.97],
      ['P3', 'BZ', 0.92],
      ['P4', 'CX', 0.95],
      ['P5', 'CZ', 0.9],
    ]);
  });

  it('begins the next class where the share is reached', () => {
    // Before P2: 800 of 1,000, which is the share of A. Before P3: 950, which is the share of B.
    const { classes } = classify([sku('P1', 800, 1, 0), sku('P2', 150, 1, 0), sku('P3', 50, 1, 0)]);
    expect(classes.map(({ value }) => value)).toEqual(['A', 'B', 'C']);
  });

  it('names a SKU with a figure that is no number, and classes the others', () => {
    const { classes, problems } = classify([sku('BAD', Number.NaN, 1, 1), sku('GOOD', 5, 1, 0.1)]);
    expect(problems).toMatchObject([{ reason: 'bad-figure', subject: 'BAD' }]);
    expect(classes).toMatchObject([{ sku: 'GOOD', value: 'A', variability: 'X' }]);
  });
});
