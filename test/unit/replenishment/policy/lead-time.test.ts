import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import { leadTime, learnLeadTimes } from '../../../../shared/replenishment/policy/lead-time.ts';

const prior = { supplierId: 'acme', meanDays: 30, standardDeviationDays: 6, weight: 4 };
const receiptsOf = (days: readonly number[], laneId = 'sea') =>
  days.map((each) => ({
    supplierId: 'acme',
    laneId,
    orderedOn: '2026-01-01',
    receivedOn: dayAfter('2026-01-01', each),
  }));
const learnt = (days: readonly number[]) => {
  const found = learnLeadTimes(receiptsOf(days), [prior]).leadTimeOf('acme', 'sea');
  if ('reason' in found) throw new Error(found.detail);
  return found;
};

describe('the lead time of a supplier and a lane', () => {
  it('is the prior as it was stated before any receipt', () => {
    expect(learnt([])).toMatchObject({ meanDays: 30, varianceDays: 36, receipts: 0, trusted: false });
  });

  it('joins prior and receipts by their weights', () => {
    // Weight 4, two receipts of 40 and 44 days: mean 42, squares (40-42)^2 + (44-42)^2 = 8.
    // Mean = (4 x 30 + 2 x 42) / 6 = 204 / 6 = 34.
    // Prior's scale = 4^2 / 5 x 36 = 115.2; gap = 4 x 2 / 6 x (42 - 30)^2 = 192.
    // Predictive variance = (115.2 + 8 + 192) / 6 x (1 + 1/6) = 52.5333 x 1.166667 = 61.2889.
    const { meanDays, varianceDays, trusted } = learnt([40, 44]);
    expect(meanDays).toBe(34);
    expect(varianceDays).toBeCloseTo(61.2889, 4);
    expect(trusted).toBe(false);
  });

  it('is that of the receipts alone from ten receipts', () => {
    // Mean of 36 to 45 = 40.5; squares 2 x (4.5^2 + 3.5^2 + 2.5^2 + 1.5^2 + 0.5^2) = 82.5; / 9 = 9.1667.
    const found = learnt([36, 37, 38, 39, 40, 41, 42, 43, 44, 45]);
    expect(found).toMatchObject({ meanDays: 40.5, receipts: 10, trusted: true });
    expect(found.varianceDays).toBeCloseTo(9.16667, 5);
    expect(learnt([36, 37, 38, 39, 40, 41, 42, 43, 44]).trusted).toBe(false);
  });

  it('has the quantile of the lognormal distribution of its mean and variance', () => {
    // s^2 = ln(1 + 36/900) = 0.0392207; 30 x exp(-0.01961 + 0.198042 x 1.644854) = 30 x exp(0.306141) = 40.7456.
    expect(leadTime(30, 36).quantile(0.95)).toBeCloseTo(40.7456, 3);
    expect(leadTime(30, 0).quantile(0.95)).toBe(30);
  });

  it('is learnt for each lane apart, and a lane without its own prior has that of its supplier', () => {
    const { leadTimeOf } = learnLeadTimes(
      [...receiptsOf([40, 44]), ...receiptsOf([5], 'air')],
      [prior, { ...prior, laneId: 'air', meanDays: 7, standardDeviationDays: 1 }],
    );
    expect(leadTimeOf('acme', 'sea')).toMatchObject({ meanDays: 34 });
    expect(leadTimeOf('acme', 'air')).toMatchObject({ meanDays: (4 * 7 + 5) / 5 });
    expect(leadTimeOf('acme', 'rail')).toMatchObject({ meanDays: 30, receipts: 0 });
  });

  it('is a named problem without prior and receipts, and of a receipt before its order', () => {
    const { leadTimeOf, problems } = learnLeadTimes(receiptsOf([-1]), []);
    expect(leadTimeOf('acme', 'sea')).toMatchObject({ reason: 'no-lead-time', subject: 'acme by sea' });
    expect(problems).toMatchObject([{ reason: 'bad-figure', subject: 'acme by sea' }]);
    const bad = learnLeadTimes([], [{ ...prior, meanDays: Number.NaN }]).leadTimeOf('acme', 'sea');
    expect(bad).toMatchObject({ reason: 'bad-figure' });
  });

  it('goes from the prior towards the receipts with each one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 31, max: 90 }), (count, days) => {
        const found = learnt(Array.from({ length: count }, () => days));
        expect(found.meanDays).toBeGreaterThan(30);
        expect(found.meanDays).toBeLessThan(days);
        expect(learnt(Array.from({ length: count - 1 }, () => days)).meanDays).toBeLessThan(found.meanDays);
      }),
    );
  });
});
