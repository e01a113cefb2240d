import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'CH', currency: 'CHF' as const, date: '2026-12-01', freight: 0 };
const goods = (value: number, hsCode = '610910') => [{ hsCode, value }];

describe('Switzerland and Liechtenstein', () => {
  it('nothing is charged below CHF 62.00', () => {
    // 61.99 x 8.1 % = 5.02119; 62.00 x 8.1 % = 5.022 -> 5.02.
    const free = assessed({ ...base, goods: goods(61_99) });
    expect(sums(free)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(free.deMinimis.find(({ on }) => on === 'tax')).toMatchObject({
      relieved: true,
      ruleId: 'ch-tax-of-5',
    });
    expect(sums(assessed({ ...base, goods: goods(62_00) })).tax).toBe(5_02);
  });

  it('all consignments of the order from the same country count together', () => {
    // 40.00 x 8.1 % = 3.24; with CHF 21.99 of others 61.99 is below the base, with CHF 22.00 it is not: 3.24 is levied.
    expect(sums(assessed({ ...base, goods: goods(40_00), alsoSent: 21_99 })).tax).toBe(0);
    expect(sums(assessed({ ...base, goods: goods(40_00), alsoSent: 22_00 })).tax).toBe(3_24);
  });

  it('books bear 2.6 %, so a larger value is free', () => {
    // 192.99 is below the base of 193; 193.00 x 2.6 % = 5.018 -> 5.02.
    expect(sums(assessed({ ...base, goods: goods(192_99, '490199') })).tax).toBe(0);
    expect(sums(assessed({ ...base, goods: goods(193_00, '490199') })).tax).toBe(5_02);
  });

  it('a registered mail-order seller charges MWST at any value, also on shipping', () => {
    // (20.00 + 10.00) x 8.1 % = 2.43.
    const seller = { taxNumbers: { CH: 'CHE-123.456.789 MWST' } };
    const outcome = assessed({ ...base, seller, goods: goods(20_00), freight: 10_00 });
    expect(outcome.scheme).toBe('ch-vendor');
    expect(sums(outcome).tax).toBe(2_43);
  });

  it('Liechtenstein and Switzerland are one customs area', () => {
    const within = { ...base, to: 'LI', from: 'CH', seller: { taxNumbers: { CH: 'CHE-123.456.789' } } };
    expect(assess({ ...base, to: 'LI', goods: goods(100_00) })).not.toHaveProperty('reason');
    expect(assess({ ...within, goods: goods(100_00) })).toMatchObject({ scheme: 'domestic' });
  });

  it('food has no known duty, bandages may have either rate, and medicines and fertilisers bear 2.6 %', () => {
    expect(assess({ ...base, goods: goods(100_00, '180690') })).toMatchObject({ reason: 'unclassified' });
    expect(assess({ ...base, goods: goods(100_00, '300590') })).toMatchObject({ reason: 'not-supported' });
    // 200.00 x 2.6 % = 5.20.
    for (const hsCode of ['300490', '310100'])
      expect(sums(assessed({ ...base, goods: goods(200_00, hsCode) })).tax).toBe(5_20);
    expect(assess({ ...base, date: '2023-12-31', goods: goods(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
    // 100.00 x 8.1 % = 8.10.
    expect(sums(assessed({ ...base, date: '2024-01-01', goods: goods(100_00) })).tax).toBe(8_10);
  });
});
