import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'TH', currency: 'THB' as const, freight: 100_00 };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Thailand', () => {
  it('from 2026-01-01 duty and VAT are due from the first baht', () => {
    // CIF 1,100.00 x 30 % = 330.00; VAT (1,100.00 + 330.00) x 7 % = 100.10.
    expect(sums(assessed({ ...base, date: '2026-01-01', goods: shirts(1_000_00) }))).toEqual({
      duty: 330_00,
      tax: 100_10,
      fees: 0,
    });
  });

  it('until 2025-12-31, goods up to THB 1,500 with freight bore only VAT', () => {
    // CIF 1,500.00 x 7 % = 105.00.
    const before = { ...base, date: '2025-12-31' };
    expect(sums(assessed({ ...before, goods: shirts(1_400_00) }))).toEqual({ duty: 0, tax: 105_00, fees: 0 });
    // CIF 1,500.01 x 30 % = 450.003 -> 450.00; VAT 1,950.01 x 7 % = 136.5007 -> 136.50.
    expect(sums(assessed({ ...before, goods: shirts(1_400_01) }))).toEqual({
      duty: 450_00,
      tax: 136_50,
      fees: 0,
    });
  });

  it('goods without a known rate, books, and dates before VAT from the first baht are refused', () => {
    expect(
      assess({ ...base, date: '2026-12-01', goods: [{ hsCode: '950300', value: 100_00 }] }),
    ).toMatchObject({
      reason: 'unclassified',
    });
    expect(
      assess({ ...base, date: '2026-12-01', goods: [{ hsCode: '490199', value: 100_00 }] }),
    ).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2024-07-04', goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('computers and mobile telephones bear no duty, by the Information Technology Agreement', () => {
    // (20,000.00 + 100.00) x 7 % = 1,407.00.
    for (const hsCode of ['847130', '847160', '851713', '851714'])
      expect(sums(assessed({ ...base, date: '2026-12-01', goods: [{ hsCode, value: 20_000_00 }] }))).toEqual({
        duty: 0,
        tax: 1_407_00,
        fees: 0,
      });
  });

  it('furniture bears 20 % and sports goods 10 %; cameras and smart watches bear none', () => {
    // CIF 1,100.00 x 20 % = 220.00; x 10 % = 110.00; none: 1,100.00 x 7 % = 77.00.
    const of = (hsCode: string) =>
      sums(assessed({ ...base, date: '2026-12-01', goods: [{ hsCode, value: 1_000_00 }] }));
    for (const hsCode of ['940179', '940360']) expect(of(hsCode).duty).toBe(220_00);
    for (const hsCode of ['950662', '950691', '950699']) expect(of(hsCode).duty).toBe(110_00);
    for (const hsCode of ['851762', '852589']) expect(of(hsCode)).toMatchObject({ duty: 0, tax: 77_00 });
  });

  it('make-up bears 30 %, watches 5 %, and perfume is refused because of its excise', () => {
    // CIF 1,100.00 x 30 % = 330.00; 1,430.00 x 7 % = 100.10. x 5 % = 55.00; 1,155.00 x 7 % = 80.85.
    const of = (hsCode: string) =>
      sums(assessed({ ...base, date: '2026-12-01', goods: [{ hsCode, value: 1_000_00 }] }));
    for (const hsCode of ['330420', '330499'])
      expect(of(hsCode)).toMatchObject({ duty: 330_00, tax: 100_10 });
    for (const hsCode of ['910111', '910211']) expect(of(hsCode)).toMatchObject({ duty: 55_00, tax: 80_85 });
    const perfume = [{ hsCode: '330300', value: 1_000_00 }];
    expect(assess({ ...base, date: '2026-12-01', goods: perfume })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('excise'),
    });
  });

  it('VAT from the first baht has data from 2024-07-05 on, and bags bear 20 % duty', () => {
    // CIF 110.00 x 7 % = 7.70.
    expect(sums(assessed({ ...base, date: '2024-07-05', goods: shirts(10_00) })).tax).toBe(7_70);
    // CIF 1,100.00 x 20 % = 220.00; 1,320.00 x 7 % = 92.40.
    const bag = [{ hsCode: '420222', value: 1_000_00 }];
    expect(sums(assessed({ ...base, date: '2026-12-01', goods: bag }))).toEqual({
      duty: 220_00,
      tax: 92_40,
      fees: 0,
    });
  });

  it('hats and umbrellas bear 30 %, power banks 10 %, glasses 5 %', () => {
    const rates = { 650500: 30, 660199: 30, 630130: 30, 850760: 10, 900410: 5, 900490: 5 };
    for (const [hsCode, rate] of Object.entries(rates)) {
      const { charges } = assessed({
        ...{ to: 'TH', currency: 'THB', date: '2026-12-01', freight: 0 },
        goods: [{ hsCode, value: 1_000_00 }],
      });
      expect(charges[0], hsCode).toMatchObject({ amount: { amount: rate * 10_00 }, needsReview: true });
    }
  });
});
