import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'TR', currency: 'TRY' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 100_00 }];

describe('Türkiye', () => {
  it('a parcel from abroad is refused, whoever pays', () => {
    for (const incoterm of ['DDP', 'DAP'] as const)
      expect(assess({ ...base, incoterm, goods })).toMatchObject({
        reason: 'not-supported',
        detail: expect.stringContaining('2026-02-06'),
      });
  });

  it('a sale within the country bears 20 % of KDV', () => {
    const within = { ...base, from: 'TR', goods };
    expect(sums(assessed({ ...within, seller: { taxNumbers: { TR: '1234567890' } } })).tax).toBe(20_00);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });
});
