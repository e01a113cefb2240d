import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'CN', from: 'CN', currency: 'CNY' as const, date: '2026-12-01', freight: 10_00 };
const seller = { taxNumbers: { CN: '91310000123456789X' } };

describe('China', () => {
  it('a sale within the country bears 13 % VAT, and books bear 9 %', () => {
    // (100.00 + 10.00) x 13 % = 14.30; x 9 % = 9.90.
    const tax = (hsCode: string) =>
      sums(assessed({ ...base, seller, goods: [{ hsCode, value: 100_00 }] })).tax;
    expect(tax('610910')).toBe(14_30);
    expect(tax('490199')).toBe(9_90);
  });

  it('goods that may bear the lower rate are refused', () => {
    expect(assess({ ...base, seller, goods: [{ hsCode: '090210', value: 100_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('a seller without a registration is refused', () => {
    expect(assess({ ...base, goods: [{ hsCode: '610910', value: 100_00 }] })).toMatchObject({
      reason: 'not-registered',
    });
  });

  it('imports are refused, and the reason is named', () => {
    expect(
      assess({ ...base, from: 'DE', seller, goods: [{ hsCode: '610910', value: 100_00, origin: 'DE' }] }),
    ).toMatchObject({ reason: 'not-supported', detail: expect.stringContaining('imports into China') });
  });

  it('the rates have data from 2019-04-01 on', () => {
    const on = (date: string) =>
      assess({ ...base, seller, date, goods: [{ hsCode: '610910', value: 100_00 }] });
    expect(on('2019-03-31')).toMatchObject({ reason: 'not-supported' });
    expect(on('2019-04-01')).toMatchObject({ scheme: 'domestic' });
  });
});
