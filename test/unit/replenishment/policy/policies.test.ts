import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityBy } from '../../../../shared/replenishment/policy/policies.ts';
import { bestReorderPolicy, costOfReorderPolicy } from '../../../../shared/replenishment/policy/r-q-exact.ts';

describe('the policies', () => {
  it('(s, S) orders up to S at s or below', () => {
    const policy = { kind: 's-S', reorderAt: 20, upTo: 50 } as const;
    expect([quantityBy(policy, 21, 0), quantityBy(policy, 20, 0), quantityBy(policy, -5, 1)]).toEqual([
      0, 30, 55,
    ]);
  });

  it('(R, S) orders up to S on the days of its review', () => {
    const policy = { kind: 'R-S', everyDays: 7, upTo: 50 } as const;
    expect([0, 1, 6, 7].map((day) => quantityBy(policy, 45, day))).toEqual([5, 0, 0, 5]);
    expect(quantityBy(policy, 60, 0)).toBe(0);
  });

  it('(r, Q) orders the fewest times Q that come above r', () => {
    const policy = { kind: 'r-Q', reorderAt: 20, quantity: 10 } as const;
    // 20 + 10 = 30 > 20; 5 + 10 = 15 is not above 20, 5 + 20 = 25 is.
    expect([21, 20, 10, 5].map((position) => quantityBy(policy, position, 0))).toEqual([0, 10, 20, 20]);
  });

  it('a fixed order comes on its days whatever the position', () => {
    const policy = { kind: 'fixed-order', everyDays: 2, quantity: 8 } as const;
    expect([0, 1, 2].map((day) => quantityBy(policy, 1000, day))).toEqual([8, 0, 8]);
  });

  it('are above their reorder point after an order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99, max: 99 }),
        fc.integer({ min: 1, max: 40 }),
        (position, quantity) => {
          const ordered = quantityBy({ kind: 'r-Q', reorderAt: 20, quantity }, position, 0);
          if (position <= 20) expect(position + ordered).toBeGreaterThan(20);
          if (ordered > 0) expect(position + ordered - quantity).toBeLessThanOrEqual(20);
        },
      ),
    );
  });
});

describe('the exact (r, Q) policy of Poisson demand', () => {
  const costs = { holding: 1, backorder: 4, order: 2, demandPerTime: 3, leadTime: 1 };

  it('costs what its positions cost', () => {
    // Poisson of mean 3. One position, y = 4: E(D - 4)+ = 3 - 4 + 4 p0 + 3 p1 + 2 p2 + p3.
    // p0 = 0.0497871, p1 = 0.1493612, p2 = 0.2240418, p3 = 0.2240418:
    // 4 x 0.0497871 + 3 x 0.1493612 + 2 x 0.2240418 + 0.2240418 = 1.3193575; - 1 = 0.3193575.
    // Cost = 2 x 3 + 1 x (4 - 3 + 0.3193575) + 4 x 0.3193575 = 6 + 1.3193575 + 1.2774299 = 8.596787.
    expect(costOfReorderPolicy(3, 1, costs)).toBeCloseTo(8.596787, 5);
  });

  it('has the lowest cost of all policies, by trying them', () => {
    fc.assert(
      fc.property(
        fc.record({
          holding: fc.integer({ min: 1, max: 5 }),
          backorder: fc.integer({ min: 1, max: 30 }),
          order: fc.integer({ min: 0, max: 50 }),
          demandPerTime: fc.integer({ min: 1, max: 8 }),
          leadTime: fc.constantFrom(0.5, 1, 2),
        }),
        (given) => {
          const best = bestReorderPolicy(given);
          let lowest = Number.POSITIVE_INFINITY;
          for (let reorderAt = -30; reorderAt <= 40; reorderAt += 1)
            for (let quantity = 1; quantity <= 60; quantity += 1)
              lowest = Math.min(lowest, costOfReorderPolicy(reorderAt, quantity, given));
          expect(best.cost).toBeCloseTo(costOfReorderPolicy(best.reorderAt, best.quantity, given), 8);
          expect(best.cost).toBeLessThanOrEqual(lowest + 1e-9);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('refuses costs that no policy is best for', () => {
    expect(() => bestReorderPolicy({ ...costs, holding: 0 })).toThrow('above zero');
  });
});
