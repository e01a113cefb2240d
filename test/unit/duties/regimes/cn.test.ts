import { describe, expect, it } from 'vitest';
import { type AssessCase, assess, assessed, type Goods, sums } from '../../../builders/assess.ts';

const within = { to: 'CN', from: 'CN', currency: 'CNY' as const, date: '2026-12-01', freight: 10_00 };
const seller = { taxNumbers: { CN: '91310000123456789X' } };

describe('sales within China', () => {
  it('bear 13 % VAT, and books bear 9 %', () => {
    // (100.00 + 10.00) x 13 % = 14.30; x 9 % = 9.90.
    const tax = (hsCode: string) =>
      sums(assessed({ ...within, seller, goods: [{ hsCode, value: 100_00 }] })).tax;
    expect(tax('610910')).toBe(14_30);
    expect(tax('490199')).toBe(9_90);
  });

  it('goods that may bear the lower rate are refused', () => {
    expect(assess({ ...within, seller, goods: [{ hsCode: '090210', value: 100_00 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('a seller without a registration is refused', () => {
    expect(assess({ ...within, goods: [{ hsCode: '610910', value: 100_00 }] })).toMatchObject({
      reason: 'not-registered',
    });
  });

  it('the rates have data from 2019-04-01 on', () => {
    const on = (date: string) =>
      assess({ ...within, seller, date, goods: [{ hsCode: '610910', value: 100_00 }] });
    expect(on('2019-03-31')).toMatchObject({ reason: 'not-supported' });
    expect(on('2019-04-01')).toMatchObject({ scheme: 'domestic' });
  });
});

describe('personal articles into China', () => {
  const sent = (goods: Goods[], given: Partial<AssessCase> = {}) => ({
    ...{ to: 'CN', from: 'DE', currency: 'CNY' as const, date: '2026-12-01', freight: 20_00, goods },
    ...given,
  });
  const tax = (goods: Goods[], given?: Partial<AssessCase>) => sums(assessed(sent(goods, given)));

  it('bear one tax on the price without freight, 20 % on clothing and 13 % on books', () => {
    // 300.00 x 20 % = 60.00; 500.00 x 13 % = 65.00.
    expect(tax([{ hsCode: '610910', value: 300_00 }])).toEqual({ duty: 60_00, tax: 0, fees: 0 });
    expect(tax([{ hsCode: '490199', value: 500_00 }])).toEqual({ duty: 65_00, tax: 0, fees: 0 });
  });

  it('a tax of CNY 50.00 is not collected, one of CNY 50.01 is', () => {
    // 250.00 x 20 % = 50.00; 250.05 x 20 % = 50.01.
    expect(tax([{ hsCode: '610910', value: 250_00 }]).duty).toBe(0);
    expect(tax([{ hsCode: '610910', value: 250_05 }]).duty).toBe(50_01);
  });

  it('the tax of the whole consignment counts: 40.00 and 13.00 are collected', () => {
    const both = [
      { hsCode: '610910', value: 200_00 },
      { hsCode: '490199', value: 100_00 },
    ];
    // 200.00 x 20 % + 100.00 x 13 % = 53.00.
    expect(tax(both).duty).toBe(53_00);
    for (const one of both) expect(tax([one]).duty).toBe(0);
  });

  it('customs’ examples: three shirts of 700 together, three of 1,500, and one down jacket of 2,000', () => {
    const shirts = (value: number) => [{ hsCode: '620520', value, quantity: 3 }];
    expect(tax(shirts(700_00)).duty).toBe(140_00);
    expect(assess(sent(shirts(1_500_00)))).toMatchObject({ detail: expect.stringContaining('CNY 1,000') });
    expect(tax([{ hsCode: '620140', value: 2_000_00 }]).duty).toBe(400_00);
  });

  it('the limit is CNY 1,000, and CNY 800 from Hong Kong', () => {
    const two = (value: number) => [{ hsCode: '610910', value, quantity: 2 }];
    expect(tax(two(1_000_00)).duty).toBe(200_00);
    expect(assess(sent(two(1_000_01)))).toMatchObject({ reason: 'not-supported' });
    expect(tax(two(800_00), { from: 'HK' }).duty).toBe(160_00);
    expect(assess(sent(two(800_01), { from: 'HK' }))).toMatchObject({ reason: 'not-supported' });
    // Two different articles are not one article.
    const different = [
      { hsCode: '610910', value: 600_00 },
      { hsCode: '640399', value: 600_00 },
    ];
    expect(assess(sent(different))).toMatchObject({ reason: 'not-supported' });
  });

  it('a watch bears 50 % from CNY 10,000 on, and golf clubs always', () => {
    // 9,999.99 x 20 % = 1,999.998; 10,000.00 x 50 % = 5,000.00.
    expect(tax([{ hsCode: '910211', value: 9_999_99 }]).duty).toBe(2_000_00);
    expect(tax([{ hsCode: '910211', value: 10_000_00 }]).duty).toBe(5_000_00);
    expect(tax([{ hsCode: '950631', value: 800_00 }]).duty).toBe(400_00);
  });

  it('goods whose rate the code does not tell are refused', () => {
    for (const hsCode of [
      '330499',
      '711319',
      '850440',
      '851762',
      '950490',
      '950440',
      '491191',
      '150910',
      '300490',
      '020130',
    ])
      expect(assess(sent([{ hsCode, value: 500_00 }])), hsCode).toMatchObject({ reason: 'not-supported' });
    // Pillows are textiles, mattresses are furniture.
    expect(tax([{ hsCode: '940490', value: 500_00 }]).duty).toBe(100_00);
    expect(tax([{ hsCode: '940421', value: 500_00 }]).duty).toBe(65_00);
  });

  it('more than 20 units of the same goods are not for own use', () => {
    const socks = (quantity: number) => [{ hsCode: '611595', value: 900_00, quantity }];
    expect(tax(socks(20)).duty).toBe(180_00);
    expect(assess(sent(socks(21)))).toMatchObject({ detail: expect.stringContaining('own use') });
  });

  it('the rates have data from 2019-04-09 on', () => {
    const shirt = [{ hsCode: '610910', value: 300_00 }];
    expect(assess(sent(shirt, { date: '2019-04-08' }))).toMatchObject({ reason: 'not-supported' });
    expect(tax(shirt, { date: '2019-04-09' }).duty).toBe(60_00);
  });
});
