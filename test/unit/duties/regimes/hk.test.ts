import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'HK', currency: 'HKD' as const, date: '2026-12-01', freight: 20_00 };

describe('Hong Kong', () => {
  it('no duty and no tax is charged at any value', () => {
    for (const value of [100_00, 100_000_00])
      expect(sums(assessed({ ...base, goods: [{ hsCode: '610910', value }] }))).toEqual({
        duty: 0,
        tax: 0,
        fees: 0,
      });
  });

  it('the law is named', () => {
    const [charge] = assessed({ ...base, goods: [{ hsCode: '610910', value: 100_00 }] }).charges;
    expect(charge).toMatchObject({ ruleId: 'hk-free-port', amount: { amount: 0, currency: 'HKD' } });
  });

  it('excise goods are refused, and a sale within needs no registration', () => {
    expect(assess({ ...base, goods: [{ hsCode: '220421', value: 100_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assessed({ ...base, from: 'HK', goods: [{ hsCode: '610910', value: 100_00 }] }).scheme).toBe(
      'domestic',
    );
  });

  it('oil and methyl alcohol are refused, because they bear duty', () => {
    for (const hsCode of ['271019', '290511'])
      expect(assess({ ...base, goods: [{ hsCode, value: 100_00 }] })).toMatchObject({
        reason: 'not-supported',
        detail: expect.stringContaining('methyl alcohol'),
      });
  });
});
