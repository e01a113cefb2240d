import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'SA', currency: 'SAR' as const, date: '2026-12-01', freight: 20_00 };
const goods = [{ hsCode: '610910', value: 100_00 }];

describe('Saudi Arabia', () => {
  it('a sale within the country bears 15 % VAT on goods and freight', () => {
    // (100.00 + 20.00) x 15 % = 18.00.
    const within = { ...base, from: 'SA', goods, seller: { taxNumbers: { SA: '300000000000003' } } };
    expect(sums(assessed(within))).toEqual({ duty: 0, tax: 18_00, fees: 0 });
  });

  it('imports are refused below and above SAR 1,000, and the reason is named', () => {
    for (const value of [100_00, 2_000_00])
      expect(assess({ ...base, goods: [{ hsCode: '610910', value }] })).toMatchObject({
        reason: 'not-supported',
        detail: expect.stringContaining('not confirmed'),
      });
  });

  it('a sale within the country without a VAT number is refused', () => {
    expect(assess({ ...base, from: 'SA', goods })).toMatchObject({ reason: 'not-registered' });
  });

  it('15 % applies from 2020-07-01 on, and medicines are refused', () => {
    const within = { ...base, from: 'SA', seller: { taxNumbers: { SA: '300000000000003' } } };
    expect(assess({ ...within, date: '2020-06-30', goods })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...within, date: '2020-07-01', goods })).tax).toBe(18_00);
    expect(assess({ ...within, goods: [{ hsCode: '300490', value: 100_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });
});
