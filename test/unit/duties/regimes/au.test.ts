import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'AU',
  currency: 'AUD' as const,
  date: '2026-12-01',
  seller: { taxNumbers: { AU: '51824753556' } },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Australia', () => {
  it('a registered vendor charges GST at the sale on goods and shipping', () => {
    // (80.00 + 15.00) x 10 % = 9.50.
    const outcome = assessed({ ...base, goods: shirts(80_00), freight: 15_00 });
    expect(outcome).toMatchObject({ scheme: 'au-vendor', dataSet: 'IMPORT_LOW_VALUE' });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 9_50, fees: 0 });
    expect(outcome.charges[0]).toMatchObject({
      code: 'gst-at-sale',
      owedTo: 'AU:ato',
      ruleId: 'au-gst-10',
      formula: '9.50 AUD = 95.00 AUD (goods + freight) x 10 %',
    });
    expect(outcome.deMinimis.map(({ on, relieved }) => [on, relieved])).toEqual([
      ['duty', true],
      ['tax', false],
    ]);
  });

  it('AUD 1,000.00 is within the threshold; AUD 1,000.01 bears 5 % on FOB, GST on that with freight, and charges', () => {
    expect(sums(assessed({ ...base, goods: shirts(1_000_00), freight: 20_00 }))).toEqual({
      duty: 0,
      tax: 102_00,
      fees: 0,
    });
    // Duty 1,000.01 x 5 % = 50.0005 -> 50.00. GST (1,000.01 + 20.00 + 50.00) x 10 % = 107.001 -> 107.00. 50 + 45.
    const over = assessed({ ...base, goods: shirts(1_000_01), freight: 20_00 });
    expect(over).toMatchObject({ scheme: 'import', dataSet: 'IMPORT_STANDARD' });
    expect(sums(over)).toEqual({ duty: 50_00, tax: 107_00, fees: 95_00 });
    expect(over.charges.filter(({ kind }) => kind === 'fee')).toMatchObject([
      { code: 'au-import-processing', owedTo: 'AU:abf', needsReview: true },
      { code: 'au-biosecurity', owedTo: 'AU:daff', needsReview: true },
    ]);
  });

  it('woven clothing and bed linen bear 5 % above AUD 1,000', () => {
    // 2,000.00 x 5 % = 100.00; (2,000.00 + 20.00 + 100.00) x 10 % = 212.00; 50 + 45.
    for (const hsCode of ['620342', '620443', '620520', '621210', '630231'])
      expect(sums(assessed({ ...base, goods: [{ hsCode, value: 2_000_00 }], freight: 20_00 }))).toEqual({
        duty: 100_00,
        tax: 212_00,
        fees: 95_00,
      });
  });

  it('above AUD 1,000 dates before 2024-07-01 are refused: the biosecurity charge was another', () => {
    const over = { ...base, goods: shirts(1_000_01), freight: 20_00 };
    expect(assess({ ...over, date: '2024-06-30' })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('Import Processing Charges Act'),
    });
    expect(sums(assessed({ ...over, date: '2024-07-01' })).fees).toBe(95_00);
  });

  it('an unregistered seller charges nothing up to the threshold', () => {
    const outcome = assessed({ ...base, seller: {}, goods: shirts(80_00), freight: 15_00 });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(outcome.deMinimis.every(({ relieved }) => relieved)).toBe(true);
  });

  it('sales before GST on low-value goods are refused, and so is chocolate, because some of it is exempt', () => {
    expect(assess({ ...base, date: '2018-06-30', goods: shirts(80_00), freight: 0 })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assessed({ ...base, date: '2018-07-01', goods: shirts(80_00), freight: 0 }).scheme).toBe(
      'au-vendor',
    );
    expect(assess({ ...base, goods: [{ hsCode: '180690', value: 20_00 }], freight: 0 })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('goods under excise are refused', () => {
    expect(assess({ ...base, goods: [{ hsCode: '220421', value: 50_00 }], freight: 0 })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('for an unregistered seller, AUD 1,000.00 is within the relief, and AUD 1,000.01 is not', () => {
    const of = (value: number) => ({ ...base, seller: {}, freight: 20_00, goods: shirts(value) });
    expect(sums(assessed(of(1_000_00)))).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(sums(assessed(of(1_000_01)))).toEqual({ duty: 50_00, tax: 107_00, fees: 95_00 });
  });
});
