import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'NO',
  currency: 'NOK' as const,
  date: '2026-12-01',
  freight: 99_00,
  seller: { taxNumbers: { NO: '2012345' } },
};
const item = (value: number, hsCode = '392690', quantity = 1) => [{ hsCode, value, quantity }];

describe('Norway', () => {
  it('under VOEC, MVA is charged at the sale on the price with shipping', () => {
    // (500.00 + 99.00) x 25 % = 149.75.
    const outcome = assessed({ ...base, goods: item(500_00) });
    expect(outcome.scheme).toBe('no-vendor');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 149_75, fees: 0 });
  });

  it('the limit of NOK 3,000 applies to each item: three items of NOK 3,000.00 are allowed, NOK 3,000.01 is not', () => {
    expect(assessed({ ...base, goods: item(9_000_00, '392690', 3) }).scheme).toBe('no-vendor');
    const over = assessed({ ...base, goods: item(3_000_01) });
    expect(over.scheme).toBe('import');
    // Plastics bear no duty; (3,000.01 + 99.00) x 25 % = 774.7525 -> 775.
    expect(sums(over)).toEqual({ duty: 0, tax: 775_00, fees: 0 });
  });

  it('food is refused, and so are shirts at the border, whose duty is unknown; books bear no MVA', () => {
    expect(assess({ ...base, goods: item(100_00, '180690') })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, seller: {}, goods: item(100_00, '610510') })).toMatchObject({
      reason: 'unclassified',
    });
    // 200.00 of books: 0; 99.00 of freight is all theirs.
    expect(sums(assessed({ ...base, goods: item(200_00, '490199') })).tax).toBe(0);
  });

  it('dates before 2024 are refused', () => {
    expect(assess({ ...base, date: '2023-12-31', goods: item(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('without VOEC, MVA is due at the border from the first krone since 2024-01-01', () => {
    // (10.00 + 99.00) x 25 % = 27.25 -> 27.
    const outcome = assessed({ ...base, seller: {}, date: '2024-01-01', goods: item(10_00) });
    expect(outcome.scheme).toBe('import');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 27_00, fees: 0 });
  });

  it('T-shirts, coats and blankets bear 10.7 % at the border, shoes, caps and carpets none', () => {
    // (500 + 99) x 10.7 % = 64.093 -> 64; (599 + 64) x 25 % = 165.75 -> 166.
    for (const hsCode of ['610910', '611020', '620140', '620230', '630130'])
      expect(sums(assessed({ ...base, seller: {}, goods: item(500_00, hsCode) }))).toEqual({
        duty: 64_00,
        tax: 166_00,
        fees: 0,
      });
    for (const hsCode of ['640399', '650500', '570242'])
      expect(sums(assessed({ ...base, seller: {}, goods: item(500_00, hsCode) })).duty).toBe(0);
    // Swimwear and clothes of babies have borne other rates, and those of linen are not known.
    for (const hsCode of ['611120', '611241', '630231'])
      expect(assess({ ...base, seller: {}, goods: item(500_00, hsCode) })).toMatchObject({
        reason: 'unclassified',
      });
  });

  it('of chapters 35 and 38, casein, albumin, starches and fatty acids are not industrial goods', () => {
    const of = (hsCode: string) => assess({ ...base, seller: {}, goods: item(500_00, hsCode) });
    for (const hsCode of ['350110', '350211', '350510', '382311'])
      expect(of(hsCode), hsCode).toMatchObject({ reason: 'unclassified' });
    for (const hsCode of ['350610', '350790', '380891', '382499'])
      expect(of(hsCode), hsCode).not.toHaveProperty('reason');
  });

  it('clothing under VOEC bears no duty', () => {
    // (500.00 + 99.00) x 25 % = 149.75.
    expect(sums(assessed({ ...base, goods: item(500_00, '610910') }))).toEqual({
      duty: 0,
      tax: 149_75,
      fees: 0,
    });
  });
});
