import { describe, expect, it } from 'vitest';
import { assess } from '../../../builders/assess.ts';

const base = { to: 'IN', currency: 'INR' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 1_000_00 }];

describe('India', () => {
  it('refuses imports and sales within the country by name, with the reason', () => {
    expect(assess({ ...base, goods })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('2025-09-22'),
    });
    expect(
      assess({ ...base, from: 'IN', goods, seller: { taxNumbers: { IN: '27AAPFU0939F1ZV' } } }),
    ).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('GST depends on the goods'),
    });
  });

  it('refuses under either incoterm', () => {
    for (const incoterm of ['DDP', 'DAP'] as const)
      expect(assess({ ...base, incoterm, goods })).toMatchObject({ reason: 'not-supported' });
  });
});
