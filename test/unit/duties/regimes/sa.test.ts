import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'SA', currency: 'SAR' as const, date: '2026-12-01', freight: 20_00 };
const goods = [{ hsCode: '610910', value: 100_00 }];

describe('Saudi Arabia', () => {
  it('a sale within the country bears 15 % VAT on goods and freight', () => {
    // (100.00 + 20.00) x 15 % = 18.00.
    const within = { ...base, from: 'SA', goods, seller: { taxNumbers: { SA: '300000000000003' } } };
    expect(sums(assessed(within))).toEqual({ duty: 0, tax: 18_00, fees: 0 });
  });

  it('below SAR 1,000 with freight an import bears VAT and a service fee of SAR 15, and no duty', () => {
    // (100.00 + 20.00) x 15 % = 18.00; the fee of 0.15 % is 0.18, at least 15.00.
    expect(sums(assessed({ ...base, goods }))).toEqual({ duty: 0, tax: 18_00, fees: 15_00 });
    // (979.99 + 20.00) x 15 % = 149.9985.
    const most = [{ hsCode: '610910', value: 979_99 }];
    expect(sums(assessed({ ...base, goods: most }))).toEqual({ duty: 0, tax: 150_00, fees: 15_00 });
  });

  it('from SAR 1,000 on the tariff is asked, which we have of computers and telephones only', () => {
    expect(assess({ ...base, goods: [{ hsCode: '610910', value: 980_00 }] })).toMatchObject({
      reason: 'unclassified',
    });
    // (20,000.00 + 20.00) x 15 % = 3,003.00; 20,020.00 x 0.15 % = 30.03.
    const laptop = (value: number) => [{ hsCode: '847130', value }];
    expect(sums(assessed({ ...base, goods: laptop(20_000_00) }))).toEqual({
      duty: 0,
      tax: 3_003_00,
      fees: 30_03,
    });
    expect(sums(assessed({ ...base, goods: laptop(400_000_00) })).fees).toBe(500_00);
  });

  it('sweetened drinks and dates before the fees are refused', () => {
    expect(assess({ ...base, goods: [{ hsCode: '220210', value: 100_00 }] })).toMatchObject({
      detail: expect.stringContaining('excise'),
    });
    expect(assess({ ...base, date: '2024-10-05', goods })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...base, date: '2024-10-06', goods })).fees).toBe(15_00);
  });

  it('a sale within the country without a VAT number is refused', () => {
    expect(assess({ ...base, from: 'SA', goods })).toMatchObject({ reason: 'not-registered' });
  });

  it('15 % applies from 2020-07-01 on, and medicines are refused', () => {
    const within = { ...base, from: 'SA', seller: { taxNumbers: { SA: '300000000000003' } } };
    expect(assess({ ...within, date: '2020-06-30', goods })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...within, date: '2020-07-01', goods })).tax).toBe(18_00);
    expect(assess({ ...within, goods: [{ hsCode: '300490', value: 100_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });
});
