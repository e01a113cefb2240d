import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'MX',
  currency: 'USD' as const,
  date: '2026-12-01',
  freight: 15_00,
  rates: { USD: '1', MXN: '20' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Mexico', () => {
  it('from outside the T-MEC, a rate of 33.5 % on the value of the goods applies from the first cent', () => {
    // USD 100.00 = MXN 2,000.00; x 33.5 % = 670.00 = USD 33.50.
    expect(sums(assessed({ ...base, goods: shirts(100_00) }))).toEqual({ duty: 33_50, tax: 0, fees: 0 });
  });

  it.each([
    ['USD 50.00', 50_00, 0],
    // MXN 1,000.20 x 17 % = 170.034 -> 170.03 = USD 8.50.
    ['USD 50.01', 50_01, 8_50],
    // MXN 2,340.00 x 17 % = 397.80 = USD 19.89.
    ['USD 117.00', 117_00, 19_89],
    // MXN 2,340.20 x 19 % = 444.638 -> 444.64 = USD 22.23.
    ['USD 117.01', 117_01, 22_23],
  ])('goods shipped from the United States bear the rate of their tier: %s', (_name, value, duty) => {
    expect(sums(assessed({ ...base, from: 'US', goods: shirts(value) })).duty).toBe(duty);
  });

  it('mail, more than USD 2,500, and dates before 2025-08-15 are refused', () => {
    expect(assess({ ...base, channel: 'post', goods: shirts(40_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, goods: shirts(2_500_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: shirts(2_500_01) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2025-08-14', goods: shirts(40_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('from Panama and partners of the two Pacific treaties USD 1.00 is free, and above the global rate applies', () => {
    for (const from of ['CL', 'CO', 'JP', 'PA', 'PE', 'VN']) {
      const free = assessed({ ...base, from, goods: shirts(1_00) });
      expect(sums(free)).toEqual({ duty: 0, tax: 0, fees: 0 });
      // MXN 20.20 x 33.5 % = 6.767 -> 6.77 = USD 0.34 (0.3385).
      expect(sums(assessed({ ...base, from, goods: shirts(1_01) })).duty).toBe(34);
    }
    // From China, of no treaty, and from the Union, whose treaty has no such relief, USD 1.00 = MXN 20.00 bears 6.70.
    for (const from of ['CN', 'DE', 'CH'])
      expect(sums(assessed({ ...base, from, goods: shirts(1_00) })).duty).toBe(34);
  });

  it('goods of treaty partners other than the United States and Canada bear 33.5 % (Baker McKenzie, 2025-07-29)', () => {
    // USD 400.00 = MXN 8,000.00; x 33.5 % = 2,680.00 = USD 134.00; freight is not in the base.
    for (const from of ['DE', 'JP', 'CL', 'GB', 'VN'])
      expect(sums(assessed({ ...base, from, goods: shirts(400_00) }))).toEqual({
        duty: 134_00,
        tax: 0,
        fees: 0,
      });
  });

  it('goods from Canada have the tiers of the T-MEC, and the rates have data from 2025-08-15 on', () => {
    const of = (date: string) => sums(assessed({ ...base, from: 'CA', date, goods: shirts(117_00) })).duty;
    expect(of('2025-08-15')).toBe(19_89);
    // Up to USD 50 neither duty nor IVA: two decisions of their own.
    expect(
      assessed({ ...base, from: 'CA', goods: shirts(50_00) }).deMinimis.map(({ relieved }) => relieved),
    ).toEqual([true, true]);
  });
});
