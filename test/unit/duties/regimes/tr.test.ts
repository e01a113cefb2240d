import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'TR', currency: 'TRY' as const, date: '2026-12-01', freight: 0 };
const goods = [{ hsCode: '610910', value: 100_00 }];

const without = (...ids: string[]) =>
  createRuleBook(
    builtinRuleBook.rows.filter(({ id }) => !ids.includes(id)),
    'without the refusal',
  );

describe('Türkiye', () => {
  it('a parcel from abroad is refused under both incoterms', () => {
    for (const incoterm of ['DDP', 'DAP'] as const)
      expect(assess({ ...base, incoterm, goods })).toMatchObject({
        reason: 'not-supported',
        detail: expect.stringContaining('2026-02-06'),
      });
  });

  it('a sale within the country bears 20 % KDV', () => {
    const within = { ...base, from: 'TR', goods };
    expect(sums(assessed({ ...within, seller: { taxNumbers: { TR: '1234567890' } } })).tax).toBe(20_00);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });

  it('a deployment may end the refusal, but from 2026-02-06 duty paid delivery then has no declarant', () => {
    const on = (date: string) => assess({ ...base, date, rules: without('tr-imports'), goods });
    expect(on('2026-02-06')).toMatchObject({ reason: 'no-declarant' });
    expect(on('2026-02-05')).toMatchObject({ reason: 'unclassified' });
  });

  it('20 % applies from 2023-07-10 on, and food, medicines and books are refused', () => {
    const within = { ...base, from: 'TR', seller: { taxNumbers: { TR: '1234567890' } } };
    expect(assess({ ...within, date: '2023-07-09', goods })).toMatchObject({ reason: 'not-supported' });
    // (100.00 + 25.00) x 20 % = 25.00.
    expect(sums(assessed({ ...within, date: '2023-07-10', goods, freight: 25_00 })).tax).toBe(25_00);
    for (const hsCode of ['180690', '300490', '490199'])
      expect(assess({ ...within, goods: [{ hsCode, value: 100_00 }] })).toMatchObject({
        reason: 'not-supported',
      });
  });
});
