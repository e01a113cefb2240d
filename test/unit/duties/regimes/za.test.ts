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

  describe('ad valorem excise', () => {
    const parts = (value: number, hsCode: string, more = {}) =>
      assessed({ ...base, goods: [{ hsCode, value, ...more }] }).charges.map(({ code, amount }) => [
        code,
        amount.amount,
      ]);

    it('is charged on the value with 15 % of it and the duty, as the published example of s. 65(8)(a) adds them', () => {
      // Training course US 252414, "VPB, ATV and import VAT": customs value 156,750.00 with 15 % (23,512.50) and with
      // duty of 15 % (23,512.50) is 203,775.00. Perfume bears 20 %, 31,350.00: 156,750.00 + 23,512.50 + 31,350.00 =
      // 211,612.50, of which 9 % is 19,045.125 -> 19,045.13.
      // VAT: (156,750.00 + 15,675.00 + 31,350.00 + 19,045.13) x 15 % = 33,423.0195 -> 33,423.02.
      expect(parts(156_750_00, '33030090')).toEqual([
        ['za-duty', 31_350_00],
        ['za-ad-valorem-excise', 19_045_13],
        ['import-vat', 33_423_02],
      ]);
    });

    it('with a proof of origin in the Union perfume is free of duty, which the base of excise then lacks', () => {
      // 1,000.00 x 1.15 x 9 % = 103.50; (1,000.00 + 100.00 + 103.50) x 15 % = 180.525 -> 180.53.
      const proof = { origin: 'FR', originProofs: ['eu-sadc-epa'] };
      expect(parts(1_000_00, '33030090', proof).filter(([, amount]) => amount !== 0)).toEqual([
        ['za-ad-valorem-excise', 103_50],
        ['import-vat', 180_53],
      ]);
    });

    it('telephones bear it above ZAR 2,500 each', () => {
      // 2,500.01 x 1.15 x 9 % = 258.751035 -> 258.75; (2,500.01 + 250.00 + 258.75) x 15 % = 451.314 -> 451.31.
      expect(parts(2_500_01, '85171310').filter(([, amount]) => amount !== 0)).toEqual([
        ['za-ad-valorem-excise', 258_75],
        ['import-vat', 451_31],
      ]);
      // Two of ZAR 2,500.00: (5,000.00 + 500.00) x 15 % = 825.00.
      expect(parts(5_000_00, '85171390', { quantity: 2 }).filter(([, amount]) => amount !== 0)).toEqual([
        ['import-vat', 825_00],
      ]);
    });

    it('is not charged in the concession up to ZAR 500; other goods and earlier dates are refused', () => {
      expect(parts(500_00, '33030090').map(([code]) => code)).not.toContain('za-ad-valorem-excise');
      for (const hsCode of ['330420', '851830', '950450'])
        expect(assess({ ...base, goods: goods(600_00, hsCode) })).toMatchObject({ reason: 'not-supported' });
      expect(assess({ ...base, date: '2025-03-31', goods: goods(600_00, '33030090') })).toMatchObject({
        reason: 'not-supported',
      });
    });
  });

  describe('levies', () => {
    it('a tyre bears ZAR 2.30 for each kilogram, and VAT on it', () => {
      // 1,000.00 x 30 % = 300.00; 9 kg x 2.30 = 20.70; (1,000.00 + 100.00 + 300.00 + 20.70) x 15 % = 213.105 -> 213.11.
      const tyre = [{ hsCode: '40111005', value: 1_000_00, unitWeightGrams: 9_000 }];
      const price = assessed({ ...base, goods: tyre });
      expect(price.charges.map(({ code, amount, rate }) => [code, amount.amount, rate])).toEqual([
        ['za-duty', 300_00, '30'],
        ['za-tyre-levy', 20_70, expect.stringContaining('2.30')],
        ['import-vat', 213_11, '15'],
      ]);
      for (const [value, hsCode] of [
        [600_00, '401150'],
        [400_00, '40111005'],
      ] as const)
        expect(assess({ ...base, goods: goods(value, hsCode) })).toMatchObject({ reason: 'not-supported' });
    });

    it('preparations for drinks are refused, other food preparations are not', () => {
      expect(assess({ ...base, goods: goods(600_00, '21069020') })).toMatchObject({
        reason: 'not-supported',
      });
      expect(assess({ ...base, goods: goods(600_00, '21069090') })).not.toHaveProperty('reason');
    });
  });
});
