import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'IN', currency: 'INR' as const, date: '2026-12-01', freight: 0 };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('India', () => {
  it('personal imports bear 30.98 % of the value with freight, as the courier terminal of Mumbai publishes', () => {
    // Duty (9,000.00 + 1,000.00) x 11 % = 1,100.00; IGST 11,100.00 x 18 % = 1,998.00; together 3,098.00.
    expect(sums(assessed({ ...base, freight: 1_000_00, goods: shirts(9_000_00) }))).toEqual({
      duty: 1_100_00,
      tax: 1_998_00,
      fees: 0,
    });
  });

  it('duty and tax go to whole rupees', () => {
    // 1,234.00 x 11 % = 135.74, so 136; (1,234.00 + 136.00) x 18 % = 246.60, so 247.
    expect(sums(assessed({ ...base, goods: shirts(1_234_00) }))).toEqual({
      duty: 136_00,
      tax: 247_00,
      fees: 0,
    });
  });

  it('the rate does not depend on the goods, and a person has to confirm the surcharge', () => {
    const { charges } = assessed({ ...base, goods: [{ hsCode: '851713', value: 10_000_00 }] });
    expect(charges).toMatchObject([{ kind: 'duty', rate: '11', needsReview: true }, { kind: 'tax' }]);
  });

  it('values below INR 1,000 are refused, because a small duty may be exempt', () => {
    expect(assess({ ...base, goods: shirts(999_99) })).toMatchObject({
      detail: expect.stringContaining('INR 100'),
    });
    expect(sums(assessed({ ...base, goods: shirts(1_000_00) })).duty).toBe(110_00);
  });

  it('books, medicines, jewellery of gold, cars and tobacco are refused', () => {
    for (const hsCode of ['490199', '300490', '711319', '870323', '240220'])
      expect(assess({ ...base, goods: [{ hsCode, value: 5_000_00 }] }), hsCode).toMatchObject({
        reason: 'not-supported',
      });
    expect(sums(assessed({ ...base, goods: [{ hsCode: '711719', value: 5_000_00 }] })).duty).toBe(550_00);
  });

  it('by post the addressee pays', () => {
    const post = { ...base, channel: 'post' as const, goods: shirts(5_000_00) };
    expect(assess(post)).toMatchObject({ reason: 'no-declarant' });
    expect(sums(assessed({ ...post, incoterm: 'DAP' })).duty).toBe(550_00);
  });

  it('more than 20 units of the same goods are not for personal use', () => {
    const socks = (quantity: number) => [{ hsCode: '611595', value: 5_000_00, quantity }];
    expect(sums(assessed({ ...base, goods: socks(20) })).duty).toBe(550_00);
    expect(assess({ ...base, goods: socks(21) })).toMatchObject({
      detail: expect.stringContaining('personal use'),
    });
  });

  it('the rates have data from 2025-09-22 on', () => {
    expect(assess({ ...base, date: '2025-09-21', goods: shirts(5_000_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(sums(assessed({ ...base, date: '2025-09-22', goods: shirts(5_000_00) })).duty).toBe(550_00);
  });

  it('sales within the country are refused; with the refusal ended they bear the standard rate of 18 %', () => {
    const seller = { taxNumbers: { IN: '27AAPFU0939F1ZV' } };
    const within = { ...base, from: 'IN', goods: shirts(1_000_00) };
    expect(assess({ ...within, seller })).toMatchObject({
      detail: expect.stringContaining('GST depends on the goods'),
    });
    const rules = createRuleBook(
      builtinRuleBook.rows.filter(({ id }) => id !== 'in-domestic-rates'),
      'without the refusal',
    );
    // (1,000.00 + 180.00) x 18 % = 212.40.
    expect(sums(assessed({ ...within, rules, seller, freight: 180_00 })).tax).toBe(212_40);
    expect(assess({ ...within, rules })).toMatchObject({ reason: 'not-registered' });
  });
});
