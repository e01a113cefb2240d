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

  it('from SAR 1,000 on goods bear duty on the CIF value, VAT on that with duty, and the fee', () => {
    // T-shirts: 1,000.00 x 5 % = 50.00; 1,050.00 x 15 % = 157.50; 1,000.00 x 0.15 % = 1.50, at least 15.00.
    const shirts = [{ hsCode: '610910', value: 980_00 }];
    expect(sums(assessed({ ...base, goods: shirts }))).toEqual({ duty: 50_00, tax: 157_50, fees: 15_00 });
    // Perfume: 1,000.00 x 6.5 % = 65.00; 1,065.00 x 15 % = 159.75.
    const perfume = [{ hsCode: '330300', value: 980_00 }];
    expect(sums(assessed({ ...base, goods: perfume }))).toEqual({ duty: 65_00, tax: 159_75, fees: 15_00 });
    // A bed of wood: 20,020.00 x 15 % = 3,003.00; 23,023.00 x 15 % = 3,453.45; 20,020.00 x 0.15 % = 30.03.
    const bed = [{ hsCode: '940350', value: 20_000_00 }];
    expect(sums(assessed({ ...base, goods: bed }))).toEqual({ duty: 3_003_00, tax: 3_453_45, fees: 30_03 });
  });

  it('computers are exempt, and the fee is at most SAR 500', () => {
    // (20,000.00 + 20.00) x 15 % = 3,003.00; 20,020.00 x 0.15 % = 30.03.
    const laptop = (value: number) => [{ hsCode: '847130', value }];
    expect(sums(assessed({ ...base, goods: laptop(20_000_00) }))).toEqual({
      duty: 0,
      tax: 3_003_00,
      fees: 30_03,
    });
    expect(sums(assessed({ ...base, goods: laptop(400_000_00) })).fees).toBe(500_00);
  });

  it('a code whose lines bear 10 and 15 % takes a longer one, or a policy', () => {
    const bedding = { ...base, goods: [{ hsCode: '940490', value: 980_00 }] };
    expect(assess(bedding)).toMatchObject({ detail: expect.stringContaining('10 % to 15 %') });
    const longer = [{ hsCode: '94049010', value: 980_00 }];
    expect(sums(assessed({ ...base, goods: longer })).duty).toBe(100_00);
    const seller = { classification: 'maximum' as const };
    expect(sums(assessed({ ...bedding, seller })).duty).toBe(150_00);
  });

  it('goods under an anti-dumping duty, that may not be imported, or of a doubtful rate are refused', () => {
    const cable = (origin: string) => [{ hsCode: '854442', value: 980_00, origin }];
    expect(assess({ ...base, goods: cable('CN') })).toMatchObject({ reason: 'trade-defence' });
    expect(sums(assessed({ ...base, goods: cable('DE') })).duty).toBe(0);
    for (const [hsCode, published] of [
      ['630900', 'Prohibited from Importing'],
      ['040900', '6 %'],
    ] as const)
      expect(assess({ ...base, goods: [{ hsCode, value: 980_00 }] })).toMatchObject({
        reason: 'unclassified',
        detail: expect.stringContaining(published),
      });
  });

  it('before the edition of 2026 only computers and telephones have a rate', () => {
    const before = { ...base, date: '2025-12-31' };
    expect(assess({ ...before, goods: [{ hsCode: '610910', value: 980_00 }] })).toMatchObject({
      reason: 'unclassified',
    });
    expect(sums(assessed({ ...before, goods: [{ hsCode: '851713', value: 980_00 }] })).duty).toBe(0);
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
