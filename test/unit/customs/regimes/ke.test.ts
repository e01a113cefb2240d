import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'KE', currency: 'KES' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 1_000_00 }];

describe('Kenya', () => {
  it('imports are refused: tariff and levies are not confirmed', () => {
    expect(assess({ ...base, goods })).toMatchObject({ reason: 'not-supported' });
  });

  it('a sale within the country bears 16 % of VAT, with a PIN', () => {
    const within = { ...base, from: 'KE', goods };
    expect(sums(assessed({ ...within, seller: { taxNumbers: { KE: 'P051234567X' } } })).tax).toBe(160_00);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });
});
