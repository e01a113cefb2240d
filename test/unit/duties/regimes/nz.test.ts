import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'NZ',
  currency: 'NZD' as const,
  date: '2026-12-01',
  freight: 20_00,
  seller: { taxNumbers: { NZ: '123456789' } },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('New Zealand', () => {
  it('a registered seller charges GST at the sale, and an air consignment bears the levy with GST on it', () => {
    // (200.00 + 20.00) x 15 % = 33.00; 2.21 x 1.15 = 2.5415 -> 2.54.
    expect(sums(assessed({ ...base, goods: shirts(200_00) }))).toEqual({ duty: 0, tax: 33_00, fees: 2_54 });
  });

  it('without a registration, only the levy is due up to NZD 1,000', () => {
    expect(sums(assessed({ ...base, seller: {}, goods: shirts(200_00) }))).toEqual({
      duty: 0,
      tax: 0,
      fees: 2_54,
    });
  });

  it('the post pays the levy of mail; NZD 1,000.00 is allowed, and NZD 1,000.01 and March 2026 are refused', () => {
    expect(sums(assessed({ ...base, channel: 'post', goods: shirts(1_000_00) })).fees).toBe(0);
    expect(assess({ ...base, goods: shirts(1_000_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: shirts(1_000_01) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2026-03-31', goods: shirts(200_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2026-04-01', goods: shirts(200_00) })).not.toHaveProperty('reason');
  });
});
