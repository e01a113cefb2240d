import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../../shared/kernel/money.ts';
import {
  bestQuantity,
  costOfQuantity,
  economicOrderQuantity,
} from '../../../../shared/replenishment/policy/order-quantity.ts';
import { packOn, roundedDownToCases, roundedToCases } from '../../../../shared/replenishment/policy/packs.ts';

const eur = (minor: number) => money(minor, 'EUR');

describe('packs', () => {
  const packs = [
    { validFrom: '2026-01-01', unitsPerCase: 12, minimumUnits: 24 },
    { validFrom: '2026-06-01', unitsPerCase: 10, minimumUnits: 0 },
  ];

  it('are those of the day of the order', () => {
    expect(packOn('P', packs, '2026-05-31')).toMatchObject({ unitsPerCase: 12 });
    expect(packOn('P', packs, '2026-06-01')).toMatchObject({ unitsPerCase: 10 });
  });

  it('that are missing, contradictory or empty are named', () => {
    expect(packOn('P', packs, '2025-12-31')).toMatchObject({ reason: 'no-pack', subject: 'P' });
    const two = [...packs, { validFrom: '2026-06-01', unitsPerCase: 20, minimumUnits: 0 }];
    expect(packOn('P', two, '2026-07-01')).toMatchObject({ reason: 'two-packs' });
    const empty = [{ validFrom: '2026-01-01', unitsPerCase: 0, minimumUnits: 0 }];
    expect(packOn('P', empty, '2026-07-01')).toMatchObject({ reason: 'bad-figure' });
  });

  it('round a need up to whole cases and the minimum, and a limit down', () => {
    const pack = { unitsPerCase: 12, minimumUnits: 30 };
    // 25 < 30: 30 / 12 = 2.5, so 3 cases. 37 / 12 = 3.08: 4 cases. 47 / 12 = 3.9: 3 cases fit; 24 < 30: nothing.
    expect([0, 25, 36, 37].map((units) => roundedToCases(units, pack))).toEqual([0, 36, 36, 48]);
    expect([47, 35, -3].map((units) => roundedDownToCases(units, pack))).toEqual([36, 0, 0]);
  });
});

describe('the order quantity', () => {
  // 10 a day: 3,650 a year. An order costs 50.00. Units of 4.00 are held at 25 % of their value: 1.00 a year.
  const costs = {
    demandPerDay: 10,
    orderCost: eur(5000),
    holdingRatePerYear: 0.25,
    breaks: [{ fromUnits: 1, unitPrice: eur(400) }],
  };
  const any = { atLeast: 1, atMost: 1e9, fits: (units: number) => Math.ceil(units) };

  it('is the economic one', () => {
    // sqrt(2 x 50.00 x 3,650 / 1.00) = sqrt(365,000) = 604.15.
    expect(economicOrderQuantity(costs, eur(400))).toBeCloseTo(604.15, 2);
    // 3,650 x 4.00 + 50.00 x 3,650 / 604 + 1.00 x 604 / 2 = 14,600.00 + 302.15 + 302.00 = 15,204.15.
    expect(bestQuantity(costs, any)).toEqual({ units: 604, unitPrice: eur(400), yearlyCost: eur(1_520_415) });
  });

  it('goes up to a lower price where that costs less in all', () => {
    // From 1,000: 3.95. 3,650 x 3.95 + 50.00 x 3.65 + 0.9875 x 500 = 14,417.50 + 182.50 + 493.75 = 15,093.75 <
    // 15,204.15.
    const withBreak = { ...costs, breaks: [...costs.breaks, { fromUnits: 1000, unitPrice: eur(395) }] };
    expect(bestQuantity(withBreak, any)).toMatchObject({ units: 1000, yearlyCost: eur(1_509_375) });
    // From 1,000: 3.99. 14,563.50 + 182.50 + 0.9975 x 500 = 498.75: 15,244.75 > 15,204.15.
    const small = { ...costs, breaks: [...costs.breaks, { fromUnits: 1000, unitPrice: eur(399) }] };
    expect(costOfQuantity(1000, small).yearlyCost).toEqual(eur(1_524_475));
    expect(bestQuantity(small, any).units).toBe(604);
  });

  it('has the lowest cost of all quantities, by trying them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 2, max: 600 }),
        fc.integer({ min: 1, max: 99 }),
        (demandPerDay, order, from, less) => {
          const breaks = [
            costs.breaks[0] ?? { fromUnits: 1, unitPrice: eur(400) },
            { fromUnits: from, unitPrice: eur(400 - less) },
          ];
          const given = { demandPerDay, orderCost: eur(order), holdingRatePerYear: 0.25, breaks };
          let lowest = Number.POSITIVE_INFINITY;
          for (let units = 1; units <= 2000; units += 1)
            lowest = Math.min(lowest, costOfQuantity(units, given).yearlyCost.amountMinor);
          // The economic quantity is rounded to whole units, which costs a minor unit or two.
          expect(bestQuantity(given, any).yearlyCost.amountMinor).toBeLessThanOrEqual(
            lowest + 2 + lowest / 1e5,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('covers what is needed even above the limit, and is whole without holding cost', () => {
    const { units } = bestQuantity(costs, { ...any, atLeast: 5000, atMost: 4000 });
    expect(units).toBe(5000);
    expect(bestQuantity({ ...costs, holdingRatePerYear: 0 }, { ...any, atLeast: 7 }).units).toBe(7);
  });
});
