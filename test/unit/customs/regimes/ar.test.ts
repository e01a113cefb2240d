import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

// One dollar is 1,000 pesos; amounts in centavos.
const base = {
  to: 'AR',
  currency: 'ARS' as const,
  date: '2026-12-01',
  freight: 10_000_00,
  rates: { USD: '1', ARS: '1000' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Argentina', () => {
  it('USD 400 by courier bears no duty, and IVA on the CIF value', () => {
    // (400,000.00 + 10,000.00) x 21 % = 86,100.00.
    expect(sums(assessed({ ...base, goods: shirts(400_000_00) }))).toEqual({
      duty: 0,
      tax: 86_100_00,
      fees: 0,
    });
  });

  it('over USD 400 the tariff is due, which is not known; over USD 3,000 the modality does not hold', () => {
    expect(assess({ ...base, goods: shirts(401_000_00) })).toMatchObject({ reason: 'unclassified' });
    expect(assess({ ...base, goods: shirts(3_001_000_00) })).toMatchObject({ reason: 'not-supported' });
  });

  it('the post is refused, and so is what came before December 2024', () => {
    expect(assess({ ...base, channel: 'post', goods: shirts(40_000_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2024-12-01', goods: shirts(40_000_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2024-12-02', goods: shirts(40_000_00) })).not.toHaveProperty('reason');
  });
});
