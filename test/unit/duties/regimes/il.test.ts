import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'IL',
  currency: 'USD' as const,
  freight: 10_00,
  rates: { USD: '1', ILS: '4' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Israel', () => {
  it('from 2026-06-01, USD 75.00 of goods bears nothing, and USD 75.01 bears VAT on the CIF value', () => {
    const on = { ...base, date: '2026-06-01' };
    expect(sums(assessed({ ...on, goods: shirts(75_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // CIF 85.01 = ILS 340.04; x 18 % = 61.2072 -> 61.21 = USD 15.30.
    expect(sums(assessed({ ...on, goods: shirts(75_01) }))).toEqual({ duty: 0, tax: 15_30, fees: 0 });
  });

  it.each([
    ['2025-01-01', 75_00],
    ['2025-11-30', 75_00],
    ['2026-01-01', 150_00],
    ['2026-02-23', 150_00],
    ['2026-02-24', 75_00],
    ['2026-02-25', 130_00],
    ['2026-05-31', 130_00],
    ['2026-06-01', 75_00],
  ])('on %s the threshold is %i cents', (date, threshold) => {
    expect(sums(assessed({ ...base, date, goods: shirts(threshold) })).tax).toBe(0);
    expect(sums(assessed({ ...base, date, goods: shirts(threshold + 1) })).tax).toBeGreaterThan(0);
  });

  it('values over USD 500, December 2025, and dates before 2025 are refused', () => {
    expect(assess({ ...base, date: '2026-12-01', goods: shirts(500_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, date: '2026-12-01', goods: shirts(500_01) })).toMatchObject({
      reason: 'not-supported',
    });
    for (const date of ['2024-12-31', '2025-12-01', '2025-12-31'])
      expect(assess({ ...base, date, goods: shirts(50_00) })).toMatchObject({ reason: 'not-supported' });
  });
});
