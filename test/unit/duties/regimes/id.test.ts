import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

// One dollar is 16,000 rupiah; amounts in hundredths.
const base = {
  to: 'ID',
  currency: 'USD' as const,
  date: '2026-12-01',
  freight: 2_00,
  rates: { USD: '1', IDR: '16000' },
};
const of = (hsCode: string, value: number) => [{ hsCode, value }];

describe('Indonesia', () => {
  it('USD 3.00 FOB bears only VAT, and USD 3.01 bears the flat duty as well', () => {
    // CIF 5.00 x 11 % = 0.55.
    expect(sums(assessed({ ...base, goods: of('392690', 3_00) }))).toEqual({ duty: 0, tax: 55, fees: 0 });
    // CIF 5.01 x 7.5 % = 0.37575 -> 0.38; VAT (5.01 + 0.37575) x 11 % = 0.5924 -> 0.59.
    expect(sums(assessed({ ...base, goods: of('392690', 3_01) }))).toEqual({ duty: 38, tax: 59, fees: 0 });
  });

  it.each([
    // CIF 102.00.
    ['other goods', '392690', 7_65],
    ['cosmetics', '330499', 15_30],
    ['T-shirts', '610910', 25_50],
  ])('%s of USD 100.00 bear their own rate', (_name, hsCode, duty) => {
    expect(sums(assessed({ ...base, goods: of(hsCode, 100_00) })).duty).toBe(duty);
  });

  it('books are refused: they bear no duty, but it is unknown whether they bear VAT', () => {
    expect(assess({ ...base, goods: of('490199', 100_00) })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('textbooks'),
    });
  });

  it('each kind of goods in one consignment has its own rate', () => {
    // Freight is shared by value: CIF 101.00 each; 101.00 x 7.5 % = 7.575 and 101.00 x 25 % = 25.25; 7.58 + 25.25.
    const goods = [...of('392690', 100_00), ...of('610910', 100_00)];
    expect(sums(assessed({ ...base, goods })).duty).toBe(32_83);
  });

  it('USD 1,500.00 is allowed, USD 1,500.01 is refused, and so are dates before PMK 4/2025', () => {
    expect(assess({ ...base, goods: of('392690', 1_500_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: of('392690', 1_500_01) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2025-03-04', goods: of('392690', 10_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('duty and PPN are rounded half up to whole rupiah', () => {
    // CIF 160,006.00: x 7.5 % = 12,000.45 -> 12,000; 172,006.00 x 11 % = 18,920.66 -> 18,921.
    const rupiah = { ...base, currency: 'IDR' as const, freight: 0 };
    expect(sums(assessed({ ...rupiah, goods: of('392690', 160_006_00) }))).toEqual({
      duty: 12_000_00,
      tax: 18_921_00,
      fees: 0,
    });
  });

  it('the rates have data from 2025-03-05 on, the first day of PMK 4/2025', () => {
    // CIF 12.00 x 7.5 % = 0.90.
    expect(sums(assessed({ ...base, date: '2025-03-05', goods: of('392690', 10_00) })).duty).toBe(90);
  });
});
