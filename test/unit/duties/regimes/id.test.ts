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
    // CIF 80,160 x 7.5 % = 6,012 -> 7,000 = USD 0.44; VAT 87,160 x 11 % = 9,587.60 -> 9,587 = USD 0.60.
    expect(sums(assessed({ ...base, goods: of('392690', 3_01) }))).toEqual({ duty: 44, tax: 60, fees: 0 });
  });

  it.each([
    // CIF 1,632,000: 122,400 -> 123,000; 244,800 -> 245,000; 408,000.
    ['other goods', '392690', 7_69],
    ['cosmetics', '330499', 15_31],
    ['T-shirts', '610910', 25_50],
    // Of chapter 33 only 3303 to 3307 are cosmetics in PMK 96/2023, of chapter 91 only 9101 and 9102 watches.
    ['essential oils', '330129', 7_69],
    ['clocks', '910521', 7_69],
    ['wrist-watches', '910211', 15_31],
  ])('%s of USD 100.00 bear their own rate', (_name, hsCode, duty) => {
    expect(sums(assessed({ ...base, goods: of(hsCode, 100_00) })).duty).toBe(duty);
  });

  it('goods with a rate of their own also bear income tax of 5 % on the value with duty', () => {
    // CIF 102.00 = IDR 1,632,000; duty 408,000; base 2,040,000: PPN 11 % 224,400, PPh 5 % 102,000 = USD 6.38.
    const shirts = assessed({ ...base, goods: of('610910', 100_00) });
    const taxes = shirts.charges.filter(({ kind }) => kind === 'tax');
    expect(taxes.map(({ code, amount, owedTo }) => [code, amount.amount, owedTo])).toEqual([
      ['import-ppn', 14_03, 'ID:djbc'],
      ['import-pph', 6_38, 'ID:djbc'],
    ]);
    // Other goods bear no income tax, nor do goods up to USD 3.00 FOB.
    const codes = (hsCode: string, value: number) =>
      assessed({ ...base, goods: of(hsCode, value) }).charges.map(({ code }) => code);
    expect(codes('392690', 100_00)).not.toContain('import-pph');
    expect(codes('610910', 3_00)).not.toContain('import-pph');
    expect(codes('610910', 3_01)).toContain('import-pph');
  });

  it('bound books bear neither duty nor VAT, leaflets and roasted coffee VAT; other basic food is refused', () => {
    expect(sums(assessed({ ...base, goods: of('490199', 100_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // CIF 1,632,000 x 11 % = 179,520 = USD 11.22; coffee: duty 7.5 % 123,000; 1,755,000 x 11 % = 193,050 = USD 12.07.
    expect(sums(assessed({ ...base, goods: of('490110', 100_00) }))).toMatchObject({ duty: 0, tax: 11_22 });
    expect(sums(assessed({ ...base, goods: of('090121', 100_00) }))).toMatchObject({
      duty: 7_69,
      tax: 12_07,
    });
    for (const hsCode of ['090411', '040110', '070310'])
      expect(assess({ ...base, goods: of(hsCode, 100_00) }), hsCode).toMatchObject({
        reason: 'not-supported',
      });
  });

  it('each kind of goods in one consignment has its own rate', () => {
    // Freight is shared by value: CIF 1,616,000 each; 121,200 + 404,000 = 525,200 -> 526,000 = USD 32.88.
    const goods = [...of('392690', 100_00), ...of('610910', 100_00)];
    expect(sums(assessed({ ...base, goods })).duty).toBe(32_88);
  });

  it('USD 1,500.00 is allowed, USD 1,500.01 is refused, and so are dates before PMK 4/2025', () => {
    expect(assess({ ...base, goods: of('392690', 1_500_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: of('392690', 1_500_01) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2025-03-04', goods: of('392690', 10_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('the duty of a consignment goes up to whole thousands of rupiah, PPN down to whole rupiah', () => {
    // CIF 160,006.00: x 7.5 % = 12,000.45 -> 13,000; 173,006.00 x 11 % = 19,030.66 -> 19,030.
    const rupiah = { ...base, currency: 'IDR' as const, freight: 0 };
    expect(sums(assessed({ ...rupiah, goods: of('392690', 160_006_00) }))).toEqual({
      duty: 13_000_00,
      tax: 19_030_00,
      fees: 0,
    });
    // 160,000.00 x 7.5 % = 12,000 stays; two parcels' worth in one declaration is rounded once: 24,000.90 -> 25,000.
    expect(sums(assessed({ ...rupiah, goods: of('392690', 160_000_00) })).duty).toBe(12_000_00);
    const two = [...of('392690', 160_006_00), ...of('852990', 160_006_00)];
    expect(sums(assessed({ ...rupiah, goods: two })).duty).toBe(25_000_00);
  });

  it('the rates have data from 2025-03-05 on, the first day of PMK 4/2025', () => {
    // CIF 192,000 x 7.5 % = 14,400 -> 15,000 = USD 0.94.
    expect(sums(assessed({ ...base, date: '2025-03-05', goods: of('392690', 10_00) })).duty).toBe(94);
  });
});
