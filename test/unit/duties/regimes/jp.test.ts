import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'JP', currency: 'JPY' as const, date: '2026-12-01', freight: 1_500 };
const goods = (value: number, hsCode = '620520') => [{ hsCode, value }];

describe('Japan', () => {
  it('a price of JPY 16,666 has a customs value of JPY 10,000 and bears nothing', () => {
    // 16,666 x 60 % = 9,999.6 -> 10,000.
    const outcome = assessed({ ...base, goods: goods(16_666) });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(outcome.deMinimis.every(({ relieved }) => relieved)).toBe(true);
  });

  it('above that, values are rounded down to a thousand, and duty and each tax to a hundred', () => {
    // 30,000 x 60 % = 18,000; x 10 % = 1,800. Base 19,800 -> 19,000; x 7.8 % = 1,482 -> 1,400; x 22/78 = 394 -> 300.
    expect(sums(assessed({ ...base, goods: goods(30_000) }))).toEqual({ duty: 1_800, tax: 1_700, fees: 0 });
    // 16,700 x 60 % = 10,020 -> 10,000 x 10 % = 1,000. Base 11,020 -> 11,000; 858 -> 800; 225 -> 200.
    expect(sums(assessed({ ...base, goods: goods(16_700) }))).toEqual({ duty: 1_000, tax: 1_000, fees: 0 });
  });

  it('knitwear is outside the relief', () => {
    // 10,000 x 60 % = 6,000; x 10.9 % = 654 -> 600. Base 6,600 -> 6,000; 468 -> 400; 112 -> 100.
    expect(sums(assessed({ ...base, goods: goods(10_000, '610910010') }))).toEqual({
      duty: 600,
      tax: 500,
      fees: 0,
    });
  });

  it('food that shares its code, and dates from the reform of 2028-04-01 on are refused', () => {
    expect(assess({ ...base, goods: goods(30_000, '210690') })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2028-03-31', goods: goods(30_000) })).not.toHaveProperty('reason');
    expect(assess({ ...base, date: '2028-04-01', goods: goods(30_000) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('a price of JPY 16,668 has a customs value of JPY 10,001 and bears duty and tax', () => {
    // 16,668 x 60 % = 10,000.8 -> 10,001 -> 10,000 x 10 % = 1,000; base 11,001 -> 11,000: 858 -> 800; 225 -> 200.
    expect(sums(assessed({ ...base, goods: goods(16_668) }))).toEqual({ duty: 1_000, tax: 1_000, fees: 0 });
  });

  it('a sale within the country bears 10 % from 2019-10-01, and earlier dates are refused', () => {
    const within = { ...base, from: 'JP', seller: { taxNumbers: { JP: 'T1234567890123' } } };
    // (10,000 + 1,500) x 10 % = 1,150.
    expect(sums(assessed({ ...within, date: '2019-10-01', goods: goods(10_000) })).tax).toBe(1_150);
    expect(assess({ ...within, date: '2019-09-30', goods: goods(10_000) })).toMatchObject({
      reason: 'not-supported',
    });
  });
});
