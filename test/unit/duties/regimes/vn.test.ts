import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'VN', currency: 'VND' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 500_000 }];

describe('Viet Nam', () => {
  it('imports are refused, because the relief of duty up to VND 1,000,000 is not confirmed', () => {
    expect(assess({ ...base, goods })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('1,000,000'),
    });
  });

  const within = { ...base, from: 'VN', seller: { taxNumbers: { VN: '0101234567' } } };

  it('a sale within the country bears 8 % VAT until 2026-12-31, then 10 %, which a person has to confirm', () => {
    // 500,000 x 8 % = 40,000; x 10 % = 50,000.
    const outcome = assessed({ ...within, date: '2026-12-31', goods });
    expect(sums(outcome).tax).toBe(40_000);
    expect(outcome.charges[0]?.needsReview).toBe(true);
    expect(sums(assessed({ ...within, date: '2027-01-01', goods })).tax).toBe(50_000);
  });

  it('metal goods, food and books are refused, because the reduction may not cover them', () => {
    for (const hsCode of ['732393', '090111', '490199'])
      expect(assess({ ...within, goods: [{ hsCode, value: 500_000 }] })).toMatchObject({
        reason: 'not-supported',
      });
  });

  it('the reduction has data from 2025-07-01 on', () => {
    expect(assess({ ...within, date: '2025-06-30', goods })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...within, date: '2025-07-01', goods })).tax).toBe(40_000);
  });
});
