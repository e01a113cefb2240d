import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'VN', currency: 'VND' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 500_000 }];

describe('Viet Nam', () => {
  it('imports are refused: whether duty is relieved up to VND 1,000,000 is not confirmed', () => {
    expect(assess({ ...base, goods })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('1,000,000'),
    });
  });

  it('a sale within the country bears 10 % of VAT, which a person has to confirm', () => {
    const outcome = assessed({ ...base, from: 'VN', goods, seller: { taxNumbers: { VN: '0101234567' } } });
    expect(sums(outcome).tax).toBe(50_000);
    expect(outcome.charges[0]?.needsReview).toBe(true);
  });
});
