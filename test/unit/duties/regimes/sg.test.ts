import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'SG', currency: 'SGD' as const, date: '2026-12-01', freight: 20_00 };
const seller = { taxNumbers: { SG: 'M90371234X' } };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Singapore', () => {
  it('a registered vendor charges 9 % at the sale on goods up to SGD 400.00 with shipping', () => {
    // (400.00 + 20.00) x 9 % = 37.80.
    const outcome = assessed({ ...base, seller, goods: shirts(400_00) });
    expect(outcome.scheme).toBe('sg-vendor');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 37_80, fees: 0 });
  });

  it('SGD 400.01 is taxed at the border, with the same amount', () => {
    // (400.01 + 20.00) x 9 % = 37.8009 -> 37.80.
    const outcome = assessed({ ...base, seller, goods: shirts(400_01) });
    expect(outcome.scheme).toBe('import');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 37_80, fees: 0 });
  });

  it('for an unregistered seller, SGD 400.00 with freight bears nothing, and SGD 400.01 bears GST', () => {
    expect(sums(assessed({ ...base, seller: {}, goods: shirts(380_00) })).tax).toBe(0);
    // 400.01 x 9 % = 36.0009 -> 36.00.
    expect(sums(assessed({ ...base, seller: {}, goods: shirts(380_01) })).tax).toBe(36_00);
  });

  it('the rate was 8 % until 2023-12-31', () => {
    // 420.00 x 8 % = 33.60.
    expect(sums(assessed({ ...base, seller, date: '2023-12-31', goods: shirts(400_00) })).tax).toBe(33_60);
    expect(sums(assessed({ ...base, seller, date: '2024-01-01', goods: shirts(400_00) })).tax).toBe(37_80);
    expect(assess({ ...base, seller, date: '2022-12-31', goods: shirts(400_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });
});
