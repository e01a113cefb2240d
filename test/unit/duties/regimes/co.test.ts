import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

// One dollar is 4,000 pesos; amounts in centavos.
const base = {
  to: 'CO',
  currency: 'COP' as const,
  date: '2026-12-01',
  freight: 0,
  rates: { USD: '1', COP: '4000' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Colombia', () => {
  it('USD 200.00 bears no duty, but 19 % IVA unless it comes from the United States', () => {
    // USD 200 = COP 800,000.00; x 19 % = 152,000.00.
    expect(sums(assessed({ ...base, goods: shirts(800_000_00) }))).toEqual({
      duty: 0,
      tax: 152_000_00,
      fees: 0,
    });
    expect(sums(assessed({ ...base, from: 'US', goods: shirts(800_000_00) }))).toEqual({
      duty: 0,
      tax: 0,
      fees: 0,
    });
  });

  it('above USD 200, duty is 10 %, and IVA is charged on the sum, also for goods from the United States', () => {
    // COP 800,100.00 x 10 % = 80,010.00; (800,100.00 + 80,010.00) x 19 % = 167,220.90 -> 167,221 whole pesos.
    const over = { duty: 80_010_00, tax: 167_221_00, fees: 0 };
    expect(sums(assessed({ ...base, goods: shirts(800_100_00) }))).toEqual(over);
    expect(sums(assessed({ ...base, from: 'US', goods: shirts(800_100_00) }))).toEqual(over);
  });

  it('for goods from the United States, the IVA threshold was USD 50 from 2026-01-01 to 2026-01-28', () => {
    // USD 60 = COP 240,000.00; x 19 % = 45,600.00.
    const tax = (date: string, value: number) =>
      sums(assessed({ ...base, from: 'US', date, goods: shirts(value) })).tax;
    expect(tax('2025-12-31', 240_000_00)).toBe(0);
    expect(tax('2026-01-01', 240_000_00)).toBe(45_600_00);
    expect(tax('2026-01-28', 240_000_00)).toBe(45_600_00);
    expect(tax('2026-01-28', 200_000_00)).toBe(0);
    expect(tax('2026-01-29', 240_000_00)).toBe(0);
  });

  it('above USD 2,000 the postal procedure is not allowed', () => {
    expect(assess({ ...base, goods: shirts(8_000_000_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: shirts(8_000_100_00) })).toMatchObject({ reason: 'not-supported' });
  });

  it('duty and IVA are rounded half up to whole pesos', () => {
    // 800,104.00 x 10 % = 80,010.40 -> 80,010; 880,114.00 x 19 % = 167,221.66 -> 167,222.
    const below = sums(assessed({ ...base, goods: shirts(800_104_00) }));
    expect(below).toEqual({ duty: 80_010_00, tax: 167_222_00, fees: 0 });
    // 800,105.00 x 10 % = 80,010.50 -> 80,011.
    expect(sums(assessed({ ...base, goods: shirts(800_105_00) })).duty).toBe(80_011_00);
  });

  it('six units of the same goods and 50 kg are allowed, and more is refused', () => {
    const of = (quantity: number, unitWeightGrams: number) =>
      assess({ ...base, goods: [{ hsCode: '610910', value: 400_000_00, quantity, unitWeightGrams }] });
    expect(of(6, 200)).not.toHaveProperty('reason');
    expect(of(7, 200)).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('six units'),
    });
    expect(of(1, 50_000)).not.toHaveProperty('reason');
    expect(of(1, 50_001)).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('50 kg'),
    });
  });

  it('the procedure has data from 2020-11-01 on', () => {
    const on = (date: string) => assess({ ...base, date, goods: shirts(400_000_00) });
    expect(on('2020-10-31')).toMatchObject({ reason: 'not-supported' });
    expect(on('2020-11-01')).not.toHaveProperty('reason');
  });
});
