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

  it('over USD 400 the tariff applies and is unknown; above USD 3,000 the procedure is not allowed', () => {
    expect(assess({ ...base, goods: shirts(401_000_00) })).toMatchObject({ reason: 'unclassified' });
    expect(assess({ ...base, goods: shirts(3_001_000_00) })).toMatchObject({ reason: 'not-supported' });
  });

  it('three units of the same goods and 50 kg are allowed, and more is refused', () => {
    const of = (quantity: number, unitWeightGrams: number) =>
      assess({ ...base, goods: [{ hsCode: '610910', value: 30_000_00, quantity, unitWeightGrams }] });
    expect(of(3, 200)).not.toHaveProperty('reason');
    expect(of(4, 200)).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('three units'),
    });
    expect(of(1, 50_000)).not.toHaveProperty('reason');
    expect(of(1, 50_001)).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('50 kg'),
    });
  });

  it('mail is free up to USD 50, and bears half of the value above that, without IVA', () => {
    const mail = { ...base, channel: 'post' as const, freight: 0 };
    const free = assessed({ ...mail, goods: shirts(50_000_00) });
    expect(sums(free)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(free.deMinimis.map(({ on, relieved }) => [on, relieved])).toEqual([
      ['duty', true],
      ['tax', true],
    ]);
    // USD 50.01: (50,010.00 - 50,000.00) x 50 % = 5.00; (80,000.00 - 50,000.00) x 50 % = 15,000.00, with freight.
    expect(sums(assessed({ ...mail, goods: shirts(50_010_00) }))).toEqual({ duty: 5_00, tax: 0, fees: 0 });
    const over = assessed({ ...mail, goods: shirts(70_000_00), freight: 10_000_00 });
    expect(sums(over)).toEqual({ duty: 15_000_00, tax: 0, fees: 0 });
    expect(over.charges[0]).toMatchObject({ ruleId: 'ar-post-50', needsReview: true });
    expect(assess({ ...mail, goods: shirts(3_001_000_00) })).toMatchObject({ reason: 'not-supported' });
  });

  it('dates before December 2024 are refused', () => {
    for (const channel of ['post', 'courier'] as const) {
      const on = (date: string) => assess({ ...base, channel, date, goods: shirts(30_000_00) });
      expect(on('2024-12-01')).toMatchObject({ reason: 'not-supported' });
      expect(on('2024-12-02')).not.toHaveProperty('reason');
    }
  });
});
