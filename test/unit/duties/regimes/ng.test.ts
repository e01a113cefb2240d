import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'NG',
  currency: 'USD' as const,
  date: '2026-12-01',
  freight: 20_00,
  rates: { USD: '1', NGN: '1500' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Nigeria', () => {
  it('USD 300.00 with freight bears nothing, and USD 300.01 is refused, because the levies are not confirmed', () => {
    const dap = { ...base, incoterm: 'DAP' as const };
    expect(sums(assessed({ ...dap, goods: shirts(280_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(assess({ ...dap, goods: shirts(280_01) })).toMatchObject({ reason: 'not-supported' });
  });

  it('duty paid delivery is refused, because it has no declarant', () => {
    expect(assess({ ...base, goods: shirts(280_00) })).toMatchObject({ reason: 'no-declarant' });
  });

  it('dates before October 2025 are refused', () => {
    const dap = { ...base, incoterm: 'DAP' as const, goods: shirts(100_00) };
    expect(assess({ ...dap, date: '2025-09-30' })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...dap, date: '2025-10-01' }))).toEqual({ duty: 0, tax: 0, fees: 0 });
  });

  it('a sale within the country bears 7.5 % VAT', () => {
    // USD 120.00 = NGN 180,000.00; x 7.5 % = 13,500.00 = USD 9.00.
    const within = { ...base, from: 'NG', seller: { taxNumbers: { NG: '12345678-0001' } } };
    expect(sums(assessed({ ...within, goods: shirts(100_00) })).tax).toBe(9_00);
  });
});
