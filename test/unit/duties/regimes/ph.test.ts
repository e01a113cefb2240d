import { describe, expect, it } from 'vitest';
import { type AssessCase, assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'PH', currency: 'PHP' as const, date: '2026-12-01', freight: 500_00 };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Philippines', () => {
  it('PHP 10,000.00 FOB bears no duty and no VAT, at any price of freight', () => {
    const outcome = assessed({ ...base, goods: shirts(10_000_00) });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(outcome.deMinimis.every(({ relieved }) => relieved)).toBe(true);
  });

  it('above PHP 10,000 a courier declares: duty and VAT on CIF with 2 % of insurance, and a stamp of PHP 30', () => {
    // The calculator of customs.gov.ph: FOB 20,000.00, insurance 2 % 400.00, freight 500.00: dutiable 20,900.00. Duty
    // 15 % 3,135.00; with the broker's 700.00 and the stamp of 30.00 landed 24,765.00. VAT 12 % 2,971.80, of which
    // 84.00 on the broker's fee is a charge of its own: 2,887.80 and 84.00.
    const outcome = assessed({ ...base, goods: shirts(20_000_00) });
    expect(sums(outcome)).toEqual({ duty: 3_135_00, tax: 2_887_80, fees: 30_00 + 84_00 });
    expect(outcome.charges.map(({ code, amount }) => [code, amount.amount])).toEqual(
      expect.arrayContaining([
        ['ph-documentary-stamp', 30_00],
        ['ph-vat-on-broker', 84_00],
      ]),
    );
  });

  it('PHP 10,000.01 bears the charges, computers and telephones bear no duty, and bags 15 %', () => {
    // (10,000.01 + 200.00 + 500.00) x 15 % = 1,605.0015 -> 1,605.00.
    expect(sums(assessed({ ...base, goods: shirts(10_000_01) })).duty).toBe(1_605_00);
    const of = (hsCode: string) => sums(assessed({ ...base, goods: [{ hsCode, value: 30_000_00 }] }));
    // (30,000 + 600 + 500 + 30) x 12 % = 3,735.60.
    for (const hsCode of ['847130', '851713', '851762', '852589'])
      expect(of(hsCode)).toEqual({ duty: 0, tax: 3_735_60, fees: 114_00 });
    // 31,100.00 x 15 % = 4,665.00.
    expect(of('420221').duty).toBe(4_665_00);
  });

  it('formal entries, the post, books, goods under excise and goods without a rate are refused', () => {
    const refused = (given: Partial<AssessCase> & Pick<AssessCase, 'goods'>) => assess({ ...base, ...given });
    expect(refused({ goods: shirts(49_999_99) })).not.toHaveProperty('reason');
    expect(refused({ goods: shirts(50_000_00) })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('formal entry'),
    });
    expect(refused({ channel: 'post', goods: shirts(10_000_01) })).toMatchObject({ reason: 'not-supported' });
    expect(refused({ channel: 'post', goods: shirts(10_000_00) })).not.toHaveProperty('reason');
    for (const hsCode of ['490199', '330300', '711319'])
      expect(refused({ goods: [{ hsCode, value: 20_000_00 }] }), hsCode).toMatchObject({
        reason: 'not-supported',
      });
    expect(refused({ goods: [{ hsCode: '950300', value: 20_000_00 }] })).toMatchObject({
      reason: 'unclassified',
    });
  });

  it('the de minimis has data from 2016-06-16 on', () => {
    expect(assess({ ...base, date: '2016-06-15', goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2016-06-16', goods: shirts(100_00) })).not.toHaveProperty('reason');
  });

  it('a sale of books within the country is refused, because the lists of exempt books are unknown', () => {
    const seller = { taxNumbers: { PH: '123-456-789-000' } };
    const books = [{ hsCode: '490199', value: 1_000_00 }];
    expect(assess({ ...base, from: 'PH', seller, goods: books })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, goods: books })).not.toHaveProperty('reason');
  });

  it('a sale within the country bears 12 % VAT', () => {
    // (1,000.00 + 500.00) x 12 % = 180.00.
    const seller = { taxNumbers: { PH: '123-456-789-000' } };
    expect(sums(assessed({ ...base, from: 'PH', seller, goods: shirts(1_000_00) })).tax).toBe(180_00);
  });
});
