import { describe, expect, it } from 'vitest';
import { assess, assessed, type Goods, sums } from '../../../builders/assess.ts';

const base = { to: 'JP', currency: 'JPY' as const, date: '2026-12-01', freight: 0 };
const dutyOf = (...goods: Goods[]) => sums(assessed({ ...base, goods })).duty;
const chargesOf = (...goods: Goods[]) =>
  assessed({ ...base, goods }).charges.filter(({ kind }) => kind === 'duty');

// A price of 100,000 has a customs value of 60,000 for a person's own use.
describe('Japan, customs tariff and simplified tariff', () => {
  it('above JPY 200,000 of value the customs tariff applies', () => {
    // 333,335 x 60 % = 200,001 -> 200,000 x 7.4 % (6205.20-000, WTO) = 14,800. Base 214,801 -> 214,000:
    // 16,692 -> 16,600; 4,682 -> 4,600.
    const goods = [{ hsCode: '620520', value: 333_335 }];
    expect(sums(assessed({ ...base, goods }))).toEqual({ duty: 14_800, tax: 21_200, fees: 0 });
    // 333,334: 200,000 x 10 % of the simplified tariff.
    expect(dutyOf({ hsCode: '620520', value: 333_334 })).toBe(20_000);
  });

  it('goods that are free by the customs tariff are not under the simplified one', () => {
    // 6212.10 is free, woven shirts bear 10 %: 60,000 x 10 % = 6,000.
    expect(dutyOf({ hsCode: '621210', value: 100_000 })).toBe(0);
    expect(dutyOf({ hsCode: '620520', value: 100_000 })).toBe(6_000);
    expect(dutyOf({ hsCode: '620520', value: 100_000 }, { hsCode: '621210', value: 100_000 })).toBe(6_000);
  });

  it('knitwear and bags are never under it: the lines of the customs tariff apply', () => {
    // 60,000 x 7.4 % (6109.10-020, WTO) = 4,440 -> 4,400; 60,000 x 8 % (4202.21-210, WTO) = 4,800.
    expect(dutyOf({ hsCode: '610910020', value: 100_000 })).toBe(4_400);
    expect(dutyOf({ hsCode: '420221210', value: 100_000 })).toBe(4_800);
  });

  it('footwear with a minimum for a pair', () => {
    // 6403.99-029: 30 % or JPY 4,300 a pair, the higher. 20,000 x 60 % = 12,000: 3,600 < 4,300 -> 4,300.
    const pair = { hsCode: '640399029', value: 20_000 };
    expect(dutyOf(pair)).toBe(4_300);
    // Two pairs on two lines are one item: 24,000 x 30 % = 7,200 < 8,600 -> 8,600.
    expect(dutyOf({ ...pair, description: '41' }, { ...pair, description: '42' })).toBe(8_600);
    // 50,000 x 60 % = 30,000 x 30 % = 9,000.
    expect(dutyOf({ ...pair, value: 50_000 })).toBe(9_000);
    expect(chargesOf(pair)[0]?.assumption).toContain('pair');
  });

  it('a code of six digits takes the line that the policy of the seller says, and shows the range', () => {
    const goods = [{ hsCode: '610910', value: 100_000 }];
    expect(assess({ ...base, goods })).toMatchObject({ reason: 'unclassified' });
    // 6109.10-010 bears 10.9 %, -020 7.4 %: 6,540 -> 6,500 and 4,400.
    const at = (classification: 'minimum' | 'maximum') =>
      assessed({ ...base, goods, seller: { classification } }).charges.find(({ kind }) => kind === 'duty');
    expect([at('minimum')?.amount.amount, at('maximum')?.amount.amount]).toEqual([4_400, 6_500]);
    expect(at('maximum')?.rateRange).toMatchObject({ least: '7.4 %', most: '10.9 %', lines: 2 });
  });

  it('woven clothing of six digits needs no longer code under the simplified tariff', () => {
    // No line under 6204.62 is free.
    expect(dutyOf({ hsCode: '620462', value: 100_000 })).toBe(6_000);
  });

  it('the rate of an agreement takes its proof and its origin, and the customs tariff for all goods', () => {
    const shirt = { hsCode: '620520000', value: 100_000, origin: 'VN', originProofs: ['cptpp'] };
    const other = { hsCode: '392410000', value: 100_000, origin: 'CN' };
    expect(dutyOf(shirt)).toBe(0);
    // Plastics: 3 % by the simplified tariff, 3.9 % (3924.10-000, WTO) if a proof is claimed: 1,800 and 2,340 -> 2,300.
    expect(dutyOf(other)).toBe(1_800);
    expect(dutyOf(shirt, other)).toBe(2_300);
    expect(chargesOf(shirt, other).map(({ code }) => code)).toEqual(['jp-duty-preferential', 'jp-duty']);
    // China is no party: 60,000 x 10 %.
    expect(dutyOf({ ...shirt, origin: 'CN' })).toBe(6_000);
    // RCEP has a rate for goods of China, and another for goods of Korea.
    const bag = { hsCode: '420221210', value: 100_000, originProofs: ['rcep'] };
    // 60,000 x 5.7 % = 3,420 -> 3,400; Korea has no concession: 4,800.
    expect(dutyOf({ ...bag, origin: 'CN' })).toBe(3_400);
    expect(dutyOf({ ...bag, origin: 'KR' })).toBe(4_800);
  });

  it('where the simplified rate of some goods is not known, the importer asks for the customs tariff', () => {
    // 8211.91 is not free: 3.7 % (WTO). 60,000 x 3.7 % = 2,220 -> 2,200.
    const [charge] = chargesOf({ hsCode: '821191000', value: 100_000 });
    expect(charge?.amount.amount).toBe(2_200);
    expect(charge?.assumption).toContain('asks for the customs tariff');
  });

  it('a line whose rate is not computed is refused with its text', () => {
    expect(assess({ ...base, goods: [{ hsCode: '640199000', value: 100_000 }] })).toMatchObject({
      reason: 'unclassified',
      detail: expect.stringContaining('6.7%'),
    });
  });

  it('every figure says its edition, and that it may be old', () => {
    const [charge] = chargesOf({ hsCode: '610910020', value: 100_000 });
    expect(charge).toMatchObject({ ruleId: 'jp-2026-07-09-610910020', rate: '7.4' });
    expect(JSON.stringify(charge)).toContain('2026-07-12');
  });
});
