import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'ZA', currency: 'ZAR' as const, date: '2026-12-01', freight: 80_00 };
const goods = (value: number, hsCode = '610910') => [{ hsCode, value }];

describe('South Africa', () => {
  it('ZAR 500.00 bears 20 % in place of duty, and VAT on the value plus 10 % plus duty', () => {
    // 500.00 x 20 % = 100.00; (500.00 + 50.00 + 100.00) x 15 % = 97.50; freight is no part of it.
    expect(sums(assessed({ ...base, goods: goods(500_00) }))).toEqual({ duty: 100_00, tax: 97_50, fees: 0 });
  });

  it('ZAR 500.01 of clothing bears 45 %', () => {
    // 500.01 x 45 % = 225.0045 -> 225.00; (500.01 + 50.00 + 225.00) x 15 % = 116.2515 -> 116.25.
    expect(sums(assessed({ ...base, goods: goods(500_01) }))).toEqual({ duty: 225_00, tax: 116_25, fees: 0 });
  });

  it('above ZAR 500, goods without a known rate are refused, and so are dates before VAT on the concession', () => {
    expect(assess({ ...base, goods: goods(600_00, '392690') })).toMatchObject({ reason: 'unclassified' });
    expect(assess({ ...base, date: '2024-08-31', goods: goods(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2024-09-01', goods: goods(100_00) })).not.toHaveProperty('reason');
  });

  it('the concession is for couriers: mail bears the tariff from the first rand; computers and books are free', () => {
    // 500.00 x 45 % = 225.00; (500.00 + 50.00 + 225.00) x 15 % = 116.25.
    expect(sums(assessed({ ...base, channel: 'post', goods: goods(500_00) }))).toEqual({
      duty: 225_00,
      tax: 116_25,
      fees: 0,
    });
    // (1,000.00 + 100.00) x 15 % = 165.00.
    for (const hsCode of ['847130', '490199'])
      expect(sums(assessed({ ...base, goods: goods(1_000_00, hsCode) }))).toEqual({
        duty: 0,
        tax: 165_00,
        fees: 0,
      });
  });
});
