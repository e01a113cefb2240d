import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'NZ',
  currency: 'NZD' as const,
  date: '2026-12-01',
  freight: 20_00,
  seller: { taxNumbers: { NZ: '123456789' } },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('New Zealand', () => {
  it('a registered seller charges GST at the sale, and an air consignment bears the levy with GST on it', () => {
    // (200.00 + 20.00) x 15 % = 33.00; 2.21 x 1.15 = 2.5415 -> 2.54.
    expect(sums(assessed({ ...base, goods: shirts(200_00) }))).toEqual({ duty: 0, tax: 33_00, fees: 2_54 });
  });

  it('without a registration, only the levy is due up to NZD 1,000', () => {
    expect(sums(assessed({ ...base, seller: {}, goods: shirts(200_00) }))).toEqual({
      duty: 0,
      tax: 0,
      fees: 2_54,
    });
  });

  it('the post pays the levy of mail; NZD 1,000.00 is allowed, and NZD 1,000.01 and March 2026 are refused', () => {
    expect(sums(assessed({ ...base, channel: 'post', goods: shirts(1_000_00) })).fees).toBe(0);
    expect(assess({ ...base, goods: shirts(1_000_00) })).not.toHaveProperty('reason');
    expect(assess({ ...base, goods: shirts(1_000_01) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, date: '2026-03-31', goods: shirts(200_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, date: '2026-04-01', goods: shirts(200_00) })).not.toHaveProperty('reason');
  });

  it('a deployment that knows the levies ends the refusal: duty by the tariff, GST on the value with duty', () => {
    // Invented levies of NZD 50.00 and 40.00. T-shirts: FOB 1,500.00 x 10 % = 150.00; (1,500.00 + 20.00 + 150.00) x
    // 15 % = 250.50. Handbags of leather 5 %: 75.00; 239.25. Telephones none: 228.00.
    const levy = (code: string, amount: number): Rule => ({
      ...{ kind: 'fee', id: code, code, regime: 'nz', description: 'An invented levy', per: 'consignment' },
      ...{ amount: { amount, currency: 'NZD' }, inTaxBase: false, taxedAt: '15', validFrom: '2026-04-01' },
      ...{ law: 'invented for this test', provenance: 'unverified', confidence: 'low' },
    });
    const rules = createRuleBook(
      [
        ...builtinRuleBook.rows.filter(({ id }) => id !== 'nz-over-1000'),
        levy('nz-levy-of-customs', 50_00),
        levy('nz-levy-of-biosecurity', 40_00),
      ],
      'with levies',
      schedulesBeside,
    );
    const of = (hsCode: string) => sums(assessed({ ...base, rules, goods: [{ hsCode, value: 1_500_00 }] }));
    expect(of('610910')).toEqual({ duty: 150_00, tax: 250_50, fees: 103_50 });
    expect(of('420221')).toMatchObject({ duty: 75_00, tax: 239_25 });
    expect(of('851713')).toMatchObject({ duty: 0, tax: 228_00 });
  });
});
