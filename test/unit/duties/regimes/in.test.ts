import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'IN', currency: 'INR' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 1_000_00 }];

const without = (...ids: string[]) =>
  createRuleBook(
    builtinRuleBook.rows.filter(({ id }) => !ids.includes(id)),
    'without the refusal',
  );

describe('India', () => {
  it('imports and sales within the country are refused, and the reason is named', () => {
    expect(assess({ ...base, goods })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('personal imports'),
    });
    expect(
      assess({ ...base, from: 'IN', goods, seller: { taxNumbers: { IN: '27AAPFU0939F1ZV' } } }),
    ).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('GST depends on the goods'),
    });
  });

  it('both incoterms are refused', () => {
    for (const incoterm of ['DDP', 'DAP'] as const)
      expect(assess({ ...base, incoterm, goods })).toMatchObject({ reason: 'not-supported' });
  });

  it('a deployment may end the refusal of imports, but duty paid delivery then has no declarant', () => {
    const rules = without('in-imports', 'in-domestic-rates');
    expect(assess({ ...base, rules, goods })).toMatchObject({ reason: 'no-declarant' });
    expect(assess({ ...base, rules, incoterm: 'DAP', goods })).toMatchObject({ reason: 'unclassified' });
  });

  it('a sale within the country would bear the standard rate of 18 %', () => {
    const within = { ...base, from: 'IN', rules: without('in-domestic-rates'), goods };
    // (1,000.00 + 180.00) x 18 % = 212.40.
    const seller = { taxNumbers: { IN: '27AAPFU0939F1ZV' } };
    expect(sums(assessed({ ...within, seller, freight: 180_00 })).tax).toBe(212_40);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });
});
