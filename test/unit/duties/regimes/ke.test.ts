import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'KE', currency: 'KES' as const, date: '2026-12-01', freight: 0, incoterm: 'DAP' as const };
const goods = [{ hsCode: '610910', value: 1_000_00 }];
const one = (hsCode: string, value: number, origin?: string) => [
  { hsCode, value, ...(origin === undefined ? {} : { origin }) },
];

describe('Kenya', () => {
  it('the published example: goods of 25 % worth KES 1,000,000 with freight and insurance', () => {
    // geratools.com, Kenya import duty calculator: duty 1,000,000 x 25 % = 250,000; IDF 2.5 % = 25,000; RDL 2 % =
    // 20,000; VAT (1,000,000 + 250,000 + 25,000 + 20,000) x 16 % = 207,200; 1,502,200 in all.
    const price = assessed({ ...base, goods: one('610910', 900_000_00), freight: 100_000_00 });
    expect(sums(price)).toEqual({ duty: 250_000_00, fees: 45_000_00, tax: 207_200_00 });
    expect(price.charges.map(({ code, amount }) => [code, amount.amount])).toEqual([
      ['ke-duty', 250_000_00],
      ['ke-idf', 25_000_00],
      ['ke-rdl', 20_000_00],
      ['import-vat', 207_200_00],
    ]);
  });

  it.each([
    // CIF 11,000.00: duty, levies of 495.00, VAT on the sum.
    ['shoes bear 35 %', '640399', 3_850_00, 2_455_20],
    // (11,000.00 + 1,100.00 + 495.00) x 16 % = 2,015.20.
    ['hand tools bear 10 %', '820559', 1_100_00, 2_015_20],
    // (11,000.00 + 495.00) x 16 % = 1,839.20.
    ['computers are free of duty', '847130', 0, 1_839_20],
    // (11,000.00 + 5,500.00 + 495.00) x 16 % = 2,719.20: the line is longer than its heading.
    ['kanga bears 50 %', '62114210', 5_500_00, 2_719_20],
  ])('%s', (_, hsCode, duty, tax) => {
    const price = assessed({ ...base, goods: one(hsCode, 10_000_00), freight: 1_000_00 });
    expect(sums(price)).toEqual({ duty, fees: 495_00, tax });
  });

  it.each([
    ['telephones have an exception of the year', '851713', /another rate/],
    ['bags too', '420221', /another rate/],
    ['toys as well', '950300', /another rate/],
    ['chocolate bears excise', '180690', /excise|exempt/],
    ['whether cosmetics do is not settled', '330499', /excise/],
    ['books may be exempt from VAT', '490199', /exempt/],
    ['food may be exempt', '090121', /exempt/],
  ])('%s', (_, hsCode, detail) => {
    expect(assess({ ...base, goods: one(hsCode, 1_000_00) })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringMatching(detail),
    });
  });

  it('jewellery bears excise of 15 % on the value with duty', () => {
    // 10,000.00 x 25 % = 2,500.00; 12,500.00 x 15 % = 1,875.00; levies 450.00;
    // VAT (12,500.00 + 1,875.00 + 450.00) x 16 % = 2,372.00.
    const price = assessed({ ...base, goods: one('711311', 10_000_00) });
    expect(sums(price)).toEqual({ duty: 4_375_00, fees: 450_00, tax: 2_372_00 });
  });

  it('headings without a rate are unclassified, and goods of the Community are refused', () => {
    expect(assess({ ...base, goods: one('961700', 1_000_00) })).toMatchObject({ reason: 'unclassified' });
    expect(assess({ ...base, goods: one('610910', 1_000_00, 'TZ') })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('only the year from 2026-07-01 is priced', () => {
    for (const date of ['2026-06-30', '2027-07-01'])
      expect(assess({ ...base, date, goods })).toMatchObject({ reason: 'not-supported' });
    for (const date of ['2026-07-01', '2027-06-30'])
      expect(assess({ ...base, date, goods })).not.toHaveProperty('reason');
  });

  it('only a consignee with a PIN can declare, so that delivery with duty paid is refused', () => {
    expect(assess({ ...base, incoterm: 'DDP', goods })).toMatchObject({ reason: 'no-declarant' });
    const rules = createRuleBook(
      builtinRuleBook.rows.filter(({ id }) => id !== 'ke-no-declarant'),
      'with a declarant',
    );
    expect(assess({ ...base, incoterm: 'DDP', rules, goods })).not.toHaveProperty('reason');
  });

  it('a sale within the country with a PIN bears 16 % VAT', () => {
    const within = { ...base, incoterm: 'DDP' as const, from: 'KE', goods };
    expect(sums(assessed({ ...within, seller: { taxNumbers: { KE: 'P051234567X' } } })).tax).toBe(160_00);
    expect(assess(within)).toMatchObject({ reason: 'not-registered' });
  });

  it('food is refused within the country, and the rate has data from 2021-01-01 on', () => {
    const within = { ...base, from: 'KE', seller: { taxNumbers: { KE: 'P051234567X' } } };
    expect(assess({ ...within, goods: [{ hsCode: '090111', value: 1_000_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...within, date: '2020-12-31', goods })).toMatchObject({ reason: 'not-supported' });
    // (1,000.00 + 250.00) x 16 % = 200.00.
    expect(sums(assessed({ ...within, date: '2021-01-01', goods, freight: 250_00 })).tax).toBe(200_00);
  });
});
