import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'MY', currency: 'MYR' as const, date: '2026-12-01', freight: 20_00 };
const seller = { taxNumbers: { MY: 'LVG-123456' } };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Malaysia', () => {
  it('a registered seller charges 10 % on the price of the goods, without freight', () => {
    // 100.00 x 10 % = 10.00.
    const outcome = assessed({ ...base, seller, goods: shirts(100_00) });
    expect(outcome.scheme).toBe('my-vendor');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 10_00, fees: 0 });
  });

  it('without a registration goods up to MYR 500 with freight bear nothing', () => {
    expect(sums(assessed({ ...base, seller: {}, goods: shirts(480_00) }))).toEqual({
      duty: 0,
      tax: 0,
      fees: 0,
    });
  });

  it('MYR 500.00 of goods is a low value; MYR 500.01 is refused, and so are dates before the tax', () => {
    expect(assess({ ...base, seller, freight: 0, goods: shirts(500_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, seller, freight: 0, goods: shirts(500_01) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, seller, date: '2023-12-31', goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('for an unregistered seller, MYR 500.01 with freight is refused, because its tariff is unknown', () => {
    expect(assess({ ...base, seller: {}, goods: shirts(480_01) })).toMatchObject({ reason: 'unclassified' });
  });

  it('the tax on low-value goods has data from 2024-01-01 on', () => {
    // 500.00 x 10 % = 50.00.
    const first = assessed({ ...base, seller, freight: 0, date: '2024-01-01', goods: shirts(500_00) });
    expect(first.scheme).toBe('my-vendor');
    expect(sums(first).tax).toBe(50_00);
  });
});
