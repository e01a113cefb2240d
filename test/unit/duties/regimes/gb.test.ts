import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'GB', currency: 'GBP' as const, date: '2026-11-23', freight: 0 };

describe('Great Britain', () => {
  it('trainers of GBP 150.00 bear 16 % duty, and VAT on the CIF value with duty', () => {
    // CIF 162.00 x 16 % = 25.92; (162.00 + 25.92) x 20 % = 37.584 -> 37.58.
    const goods = [{ hsCode: '64041100', value: 150_00 }];
    expect(sums(assessed({ ...base, goods, freight: 12_00 }))).toEqual({ duty: 25_92, tax: 37_58, fees: 0 });
  });

  it('the relief up to GBP 135 ends on 2028-09-30 at the latest, and later dates are refused', () => {
    const low = (date: string) => ({ ...base, date, goods: [{ hsCode: '610910', value: 135_00 }] });
    // 135.00 x 20 % = 27.00.
    expect(sums(assessed(low('2028-09-30')))).toEqual({ duty: 0, tax: 27_00, fees: 0 });
    expect(assess(low('2028-10-01'))).toMatchObject({ reason: 'not-supported' });
    expect(assess(low('2020-12-31'))).toMatchObject({ reason: 'not-supported' });
    // Above it the tariff holds on either day: 200.00 x 12 % = 24.00.
    for (const date of ['2028-09-30', '2028-10-01'])
      expect(sums(assessed({ ...base, date, goods: [{ hsCode: '61091000', value: 200_00 }] })).duty).toBe(
        24_00,
      );
  });

  it.each([
    ['books', '490199', 0],
    ['newspapers', '490290', 0],
    ['garments of babies', '611120', 0],
    ['T-shirts', '610910', 10_00],
  ])('%s of GBP 50.00 bear %s', (_name, hsCode, tax) => {
    expect(sums(assessed({ ...base, goods: [{ hsCode, value: 50_00 }] })).tax).toBe(tax);
  });

  it('goods that may be zero-rated are refused, from abroad and from within the country', () => {
    for (const hsCode of ['180690', '300660', '650610'])
      for (const from of ['CN', 'GB'])
        expect(assess({ ...base, from, goods: [{ hsCode, value: 50_00 }] })).toMatchObject({
          reason: 'not-supported',
          detail: expect.stringContaining('the code does not tell'),
        });
  });

  it('bicycle parts of China are refused, and those of Viet Nam bear 4 %', () => {
    const parts = (origin: string) => ({ ...base, goods: [{ hsCode: '87149990', value: 200_00, origin }] });
    expect(assess(parts('CN'))).toMatchObject({ reason: 'trade-defence' });
    // 200.00 x 4 % = 8.00; 208.00 x 20 % = 41.60.
    expect(sums(assessed(parts('VN')))).toEqual({ duty: 8_00, tax: 41_60, fees: 0 });
  });

  it('a date without a known VAT rate is refused, and the reason is named', () => {
    const goods = [{ hsCode: '610910', value: 50_00 }];
    expect(assess({ ...base, from: 'GB', date: '2011-01-03', goods })).toMatchObject({
      reason: 'not-supported',
    });
    // 50.00 x 20 % = 10.00.
    expect(sums(assessed({ ...base, from: 'GB', date: '2011-01-04', goods })).tax).toBe(10_00);
  });
});
