import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'KE', currency: 'KES' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 1_000_00 }];

const without = (...ids: string[]) =>
  createRuleBook(
    builtinRuleBook.rows.filter(({ id }) => !ids.includes(id)),
    'without the refusal',
  );

describe('Kenya', () => {
  it('imports are refused, because tariff and levies are not confirmed', () => {
    expect(assess({ ...base, goods })).toMatchObject({ reason: 'not-supported' });
  });

  it('a sale within the country with a PIN bears 16 % VAT', () => {
    const within = { ...base, from: 'KE', goods };
    expect(sums(assessed({ ...within, seller: { taxNumbers: { KE: 'P051234567X' } } })).tax).toBe(160_00);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });

  it('a deployment may end the refusal, but duty paid delivery then has no declarant', () => {
    const rules = without('ke-imports');
    expect(assess({ ...base, rules, goods })).toMatchObject({ reason: 'no-declarant' });
    expect(assess({ ...base, rules, incoterm: 'DAP', goods })).toMatchObject({ reason: 'unclassified' });
  });

  it('food is refused, and the rate has data from 2021-01-01 on', () => {
    const within = { ...base, from: 'KE', seller: { taxNumbers: { KE: 'P051234567X' } } };
    expect(assess({ ...within, goods: [{ hsCode: '090111', value: 1_000_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...within, date: '2020-12-31', goods })).toMatchObject({ reason: 'not-supported' });
    // (1,000.00 + 250.00) x 16 % = 200.00.
    expect(sums(assessed({ ...within, date: '2021-01-01', goods, freight: 250_00 })).tax).toBe(200_00);
  });
});
