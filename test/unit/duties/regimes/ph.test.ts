import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'PH', currency: 'PHP' as const, date: '2026-12-01', freight: 500_00 };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Philippines', () => {
  it('PHP 10,000.00 FOB bears no duty and no VAT, at any price of freight', () => {
    const outcome = assessed({ ...base, goods: shirts(10_000_00) });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 0, fees: 0 });
    expect(outcome.deMinimis.every(({ relieved }) => relieved)).toBe(true);
  });

  it('PHP 10,000.01 is refused, and the refusal names the charges that are in the base of VAT', () => {
    expect(assess({ ...base, goods: shirts(10_000_01) })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('documentary stamp'),
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
