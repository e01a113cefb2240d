import { describe, expect, it } from 'vitest';
import { isAssessed } from '../../../../shared/duties/index.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'AE', currency: 'AED' as const, date: '2026-12-01', freight: 20_00 };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('United Arab Emirates', () => {
  it('AED 300.00 of CIF value is free of duty and VAT; AED 300.01 bears 5 % duty, and 5 % VAT on the sum', () => {
    // 280.00 + 20.00 of freight = 300.00.
    expect(sums(assessed({ ...base, goods: shirts(280_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // CIF 300.01 x 5 % = 15.0005 -> 15.00; VAT (300.01 + 15.00) x 5 % = 15.7505 -> 15.75.
    expect(sums(assessed({ ...base, goods: shirts(280_01) }))).toEqual({ duty: 15_00, tax: 15_75, fees: 0 });
  });

  it('books bear no duty, but VAT on the CIF value', () => {
    // CIF 520.00 x 5 % = 26.00.
    const outcome = assessed({ ...base, goods: [{ hsCode: '490199', value: 500_00 }] });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 26_00, fees: 0 });
  });

  it('a sale within the country needs a tax number, and dates before 2023 are refused', () => {
    const within = { ...base, from: 'AE', goods: shirts(100_00) };
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
    // (100.00 + 20.00) x 5 % = 6.00.
    expect(sums(assessed({ ...within, seller: { taxNumbers: { AE: '100000000000003' } } })).tax).toBe(6_00);
    expect(assess({ ...base, date: '2022-12-31', goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('the relief has data from 2023-01-01 on; electronics are free of duty, and footwear is not', () => {
    expect(sums(assessed({ ...base, date: '2023-01-01', goods: shirts(280_00) })).tax).toBe(0);
    // CIF 520.00 x 5 % = 26.00 of VAT alone; with duty of 26.00 (546.00 x 5 %) 27.30.
    const of = (hsCode: string) => sums(assessed({ ...base, goods: [{ hsCode, value: 500_00 }] }));
    expect(of('851713')).toEqual({ duty: 0, tax: 26_00, fees: 0 });
    expect(of('640411')).toEqual({ duty: 26_00, tax: 27_30, fees: 0 });
  });

  it('foods and jewellery bear the common rate, and headphones and cameras none', () => {
    // CIF 520.00: VAT 26.00 alone; with duty of 26.00 (546.00 x 5 %) 27.30.
    const of = (hsCode: string) => sums(assessed({ ...base, goods: [{ hsCode, value: 500_00 }] }));
    expect(of('090121')).toEqual({ duty: 0, tax: 26_00, fees: 0 });
    expect(of('851830')).toEqual({ duty: 0, tax: 26_00, fees: 0 });
    expect(of('852589')).toEqual({ duty: 0, tax: 26_00, fees: 0 });
    expect(of('180690')).toEqual({ duty: 26_00, tax: 27_30, fees: 0 });
    expect(of('711319')).toEqual({ duty: 26_00, tax: 27_30, fees: 0 });
  });

  it('a rate that two tariffs differ about, drinks under excise, and goods under anti-dumping are refused', () => {
    const of = (hsCode: string, origin: string) =>
      assess({ ...base, goods: [{ hsCode, value: 500_00, origin }] });
    expect(of('847971', 'JP')).toMatchObject({ reason: 'unclassified' });
    expect(of('220210', 'DE')).toMatchObject({ detail: expect.stringContaining('excise') });
    expect(of('854442', 'CN')).toMatchObject({ reason: 'trade-defence' });
    expect(isAssessed(of('854442', 'DE'))).toBe(true);
    expect(of('850710', 'MY')).toMatchObject({ reason: 'trade-defence' });
  });

  it('before the edition of 2025 the chapter has the general rate', () => {
    const before = { ...base, date: '2024-12-31', goods: [{ hsCode: '640411', value: 500_00 }] };
    expect(sums(assessed(before)).duty).toBe(26_00);
  });
});
