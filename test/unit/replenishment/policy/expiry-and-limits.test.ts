import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../../shared/kernel/money.ts';
import { steadyDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';
import { expiryLimit } from '../../../../shared/replenishment/policy/expiry.ts';
import { type LineToLimit, withinLimits } from '../../../../shared/replenishment/policy/limits.ts';

const eur = (minor: number) => money(minor, 'EUR');

describe('expiry', () => {
  it('allows what sells before it, less what is there before', () => {
    // 5 days on the way and 20 to sell: 25 days x 4 = 100, certain. 100 - 35 = 65; 20 days x 4 = 80 while sellable.
    const certain = steadyDemand({ mean: 4, standardDeviation: 0 });
    const shelf = { sellableDays: 20, soldWithProbability: 0.9 };
    expect(expiryLimit(certain, shelf, { leadTimeDays: 5, position: 35 })).toEqual({
      days: 25,
      sells: 100,
      atMost: 65,
    });
    // Without stock the 5 days sell nothing: 80 at most.
    expect(expiryLimit(certain, shelf, { leadTimeDays: 5, position: 0 }).atMost).toBe(80);
  });

  it('takes what sells with the wanted probability', () => {
    // 25 days: mean 100, deviation 2 x 5 = 10; the 10 % quantile is 100 - 1.281552 x 10 = 87.18; - 35 = 52.
    const uncertain = steadyDemand({ mean: 4, standardDeviation: 2 });
    const shelf = { sellableDays: 20, soldWithProbability: 0.9 };
    expect(expiryLimit(uncertain, shelf, { leadTimeDays: 5, position: 35 }).atMost).toBe(52);
  });

  it('allows nothing of what expires at once or is there already', () => {
    const certain = steadyDemand({ mean: 4, standardDeviation: 0 });
    const at = { leadTimeDays: 5, position: 0 };
    expect(expiryLimit(certain, { sellableDays: 0, soldWithProbability: 0.9 }, at).atMost).toBe(0);
    const shelf = { sellableDays: 20, soldWithProbability: 0.9 };
    expect(expiryLimit(certain, shelf, { leadTimeDays: 5, position: 500 }).atMost).toBe(0);
  });
});

const line = (sku: string, given: Partial<LineToLimit> = {}): LineToLimit => ({
  sku,
  siteId: 'fra',
  units: 20,
  unitsPerCase: 5,
  minimumUnits: 0,
  unitPrice: eur(1000),
  unitWeightGrams: 500,
  unitVolumeCubicMillimetres: 1_000_000,
  unitMargin: eur(400),
  probabilityOfSale: (unit) => Math.max(0, 1 - unit / 40),
  ...given,
});
const unitsOf = (lines: readonly LineToLimit[], limits: Parameters<typeof withinLimits>[1]) =>
  Object.fromEntries(withinLimits(lines, limits).lines.map(({ line: { sku }, units }) => [sku, units]));

describe('limits of budget, weight and volume', () => {
  it('leave everything that fits', () => {
    const { lines, problems } = withinLimits([line('a'), line('b')], { budget: eur(40_000) });
    expect(lines.map(({ units, reasons }) => [units, reasons])).toEqual([
      [20, []],
      [20, []],
    ]);
    expect(problems).toEqual([]);
  });

  it('cut the cases that are worth least, and say why', () => {
    // b sells with half the probability of a. 300.00 pay for six cases of 50.00.
    // The cases of a are worth 1, 0.875, 0.75 .. of a margin, those of b half: a's four and b's two.
    const b = line('b', { probabilityOfSale: (unit) => Math.max(0, 1 - unit / 40) / 2 });
    const { lines } = withinLimits([line('a'), b], { budget: eur(30_000) });
    expect(lines.map(({ units }) => units)).toEqual([20, 10]);
    expect(lines[1]?.reasons).toMatchObject([
      { code: 'limit', value: 10, formula: '20 wanted, 10 cut for the budget; 100.00 EUR of it remains' },
    ]);
  });

  it('hold weight and volume at once', () => {
    // 16 kg: 32 units; 25 litres: 25 units. The volume binds.
    const units = unitsOf([line('a'), line('b')], {
      weightGrams: 16_000,
      volumeCubicMillimetres: 25_000_000,
    });
    expect((units.a ?? 0) + (units.b ?? 0)).toBe(25);
  });

  it('take a line below its minimum out whole, and give its place to the others', () => {
    // 300.00: a has a minimum of 20 (200.00). b gets the 100.00 that are left.
    const lines = [line('a', { minimumUnits: 20 }), line('b')];
    const units = unitsOf(lines, { budget: eur(30_000) });
    expect([units.a, units.b]).toEqual([20, 10]);
    expect(unitsOf(lines, { budget: eur(15_000) })).toEqual({ a: 0, b: 15 });
  });

  it('name a limit into which nothing fits, another currency and a figure that is no number', () => {
    expect(withinLimits([line('a')], { budget: eur(100) }).problems).toMatchObject([
      { reason: 'limit-too-small', subject: 'budget' },
    ]);
    expect(withinLimits([line('a')], { budget: money(1, 'USD') }).problems).toMatchObject([
      { reason: 'other-currency' },
    ]);
    const bad = withinLimits([line('a', { unitWeightGrams: Number.NaN }), line('b')], {
      weightGrams: 99_000,
    });
    expect(bad.problems).toMatchObject([{ reason: 'bad-figure', subject: 'a' }]);
    expect(bad.lines).toMatchObject([{ units: 20 }]);
  });

  it('are never exceeded, whatever the lines', () => {
    const anyLine = fc.record({
      units: fc.integer({ min: 0, max: 60 }),
      unitsPerCase: fc.integer({ min: 1, max: 9 }),
      minimumUnits: fc.integer({ min: 0, max: 30 }),
      unitWeightGrams: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 8 }),
        fc.nat(40_000),
        fc.nat(20_000),
        (given, budget, weight) => {
          const wanted = given.map((each, index) =>
            line(`s${index}`, {
              ...each,
              units: Math.ceil(each.units / each.unitsPerCase) * each.unitsPerCase,
            }),
          );
          const { lines } = withinLimits(wanted, { budget: eur(budget), weightGrams: weight });
          expect(lines.reduce((sum, { units }) => sum + 1000 * units, 0)).toBeLessThanOrEqual(budget);
          expect(
            lines.reduce((sum, each) => sum + each.line.unitWeightGrams * each.units, 0),
          ).toBeLessThanOrEqual(weight);
          for (const { line: wantedLine, units } of lines) {
            expect(units).toBeLessThanOrEqual(wantedLine.units);
            expect(units === 0 || units >= Math.min(wantedLine.minimumUnits, wantedLine.units)).toBe(true);
          }
        },
      ),
    );
  });
});
