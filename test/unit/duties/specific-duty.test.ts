import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import { amountAt, assumptionsAt, rateText, whyNoAmount } from '../../../shared/duties/assess/duty-rate.ts';
import { type DutyRate, dutyRateSchema } from '../../../shared/duties/rules/duty-rate-schema.ts';
import { convert, money, ratioOf } from '../../../shared/kernel/money.ts';

const line = (over: Partial<ConsignmentLine> = {}): ConsignmentLine => ({
  ...{ lineId: 'line-1', sku: 'A', description: 'goods', quantity: 3, hsCode: '640399', originCountry: 'CN' },
  unitWeightGrams: 850,
  goodsValue: { amount: 100_00, currency: 'USD' },
  ...over,
});

const specific = (minor: string, unit: string, per = 1, currency = 'USD') => ({ minor, currency, per, unit });
const rateOf = (rate: unknown): DutyRate => dutyRateSchema.parse(rate);

const due = (rate: unknown, own: Partial<ConsignmentLine> = {}, value = 100_00) =>
  amountAt(rateOf(rate), money(value, 'USD'), line(own))?.amountMinor;

describe('a specific duty', () => {
  it.each([
    // 0.9 cents a kilogram of 3 x 850 g = 2.55 kg: 2.295 cents.
    ['0.9 cents/kg', { specific: [specific('0.9', 'kg')] }, {}, 2],
    // 68 cents a kilogram: 68 x 2.55 = 173.4 cents.
    ['68 cents/kg', { specific: [specific('68', 'kg')] }, {}, 173],
    // The stated net weight: 3 x 500 g = 1.5 kg, 102 cents.
    ['by net weight', { specific: [specific('68', 'kg')] }, { measures: { netWeightGrams: 500 } }, 102],
    // 90 cents a pair and 37.5 % of 100.00: 3 x 90 + 3,750 cents.
    ['90 cents/pr. + 37.5 %', { percent: '37.5', specific: [specific('90', 'pair')] }, {}, 40_20],
    // A pack of three pairs: 9 pairs.
    ['three pairs a unit', { specific: [specific('90', 'pair')] }, { measures: { pairs: 3 } }, 8_10],
    // 1.2 cents for 12 pieces, of 3 units with 8 pieces: 1.2 x 24 / 12.
    ['a dozen', { specific: [specific('1.2', 'piece', 12)] }, { measures: { pieces: 8 } }, 2],
    // 6.3 cents a litre of 3 x 0.75 l = 2.25 l: 14.175 cents.
    ['wine', { specific: [specific('6.3', 'litre')] }, { measures: { litres: '0.75' } }, 14],
    // USD 13.50 a litre of pure alcohol in 3 x 0.7 l of 40 %: 0.84 l, 1,134 cents.
    [
      'spirits',
      { specific: [specific('1350', 'alcohol-litre')] },
      { measures: { litres: '0.7', alcoholPercent: '40' } },
      11_34,
    ],
    // USD 0.60 for one % vol a hectolitre: 0.021 hl x 40 x 60 cents = 50.4 cents.
    [
      '% vol/hl',
      { specific: [specific('60', 'alcohol-degree-hectolitre')] },
      { measures: { litres: '0.7', alcoholPercent: '40' } },
      50,
    ],
    // 30 %, at least 500 cents for 2 pieces: of 100.00 30.00; of 20.00 6.00, but 7.50 at least.
    ['at least, above', { percent: '30', least: { specific: [specific('500', 'piece', 2)] } }, {}, 30_00],
  ] as const)('%s', (_name, rate, own, cents) => {
    expect(due(rate, own)).toBe(cents);
  });

  it('is held between its limits', () => {
    const least = { percent: '30', least: { specific: [specific('500', 'piece', 2)] } };
    expect(due(least, {}, 20_00)).toBe(7_50);
    // 450 cents/kg x 2.55 kg = 11.475, at most 96 % of 10.00.
    const most = { specific: [specific('450', 'kg')], most: { percent: '96' } };
    expect(due(most, {}, 10_00)).toBe(9_60);
    expect(due(most, {}, 100_00)).toBe(11_48);
  });

  it('is rounded once: half a cent of each of two parts is a cent', () => {
    // 0.5 % of 1.00 is half a cent; 0.5 cents for 3 pieces is half a cent.
    expect(due({ percent: '0.5', specific: [specific('0.5', 'piece', 3)] }, {}, 1_00)).toBe(1);
  });

  it('is converted, and rounded once after that', () => {
    const toUsd = (amount: Parameters<typeof convert>[0], to: Parameters<typeof convert>[1]) =>
      convert(amount, to, ratioOf('1.1'));
    const rate = rateOf({ specific: [specific('0.5', 'piece', 1, 'EUR')] });
    // 1.5 euro cents at 1.1 are 1.65 US cents.
    expect(amountAt(rate, money(1, 'USD'), line(), { convert: toUsd })?.amountMinor).toBe(2);
    expect(amountAt(rate, money(1, 'USD'), line())).toBeUndefined();
    expect(whyNoAmount(rate, line())).toContain('another currency');
  });

  it.each([
    ['litre', 'is by litre; the product says no volume'],
    ['square-metre', 'is by m2; the product says no area'],
    ['carat', 'is by carat; the product says no weight in carats'],
    ['alcohol-litre', 'is by litre of alcohol; the product says no volume and alcohol by volume'],
    ['watch-jewel', 'is by jewel; the product says no number of jewels of the movement'],
    ['kg-sugar', 'is by kg of sugar; the product says no content of sugar'],
  ])('by %s is refused by name without the measure, in a limit too', (unit, why) => {
    for (const rate of [
      { specific: [specific('5', unit)] },
      { percent: '3', most: { specific: [specific('5', unit)] } },
    ]) {
      expect(due(rate)).toBeUndefined();
      expect(whyNoAmount(rateOf(rate), line())).toBe(why);
    }
  });

  it('by pair is assumed of footwear alone', () => {
    const rate = rateOf({ specific: [specific('90', 'pair')] });
    expect(assumptionsAt(rate, line())).toEqual(['a sold unit is taken to be a pair']);
    expect(due(rate, { hsCode: '950300' })).toBeUndefined();
    expect(assumptionsAt(rate, line({ measures: { pairs: 1 } }))).toEqual([]);
    expect(assumptionsAt(rateOf({ specific: [specific('1', 'kg')] }), line())).toEqual([
      'the net weight is taken to be the unit weight',
    ]);
  });
});

it.each([
  [{ specific: [specific('0.9', 'kg')] }, '0.009 USD/kg'],
  [
    { percent: '30', least: { specific: [specific('500', 'piece', 2, 'ZAR')] } },
    '30 %, at least 5.00 ZAR/2 piece',
  ],
  [{ specific: [specific('450', 'kg', 1, 'ZAR')], most: { percent: '96' } }, '4.50 ZAR/kg, at most 96 %'],
  [
    { percent: '60', least: { specific: [specific('4800', 'pair', 1, 'JPY')] } },
    '60 %, at least 4800 JPY/pair',
  ],
  [{ specific: [specific('1250.5', 'kg', 100, 'EUR')] }, '12.505 EUR/100 kg'],
])('the rate in words', (rate, words) => {
  expect(rateText(rateOf(rate))).toBe(words);
});

const part = fc.record({
  minor: fc
    .tuple(fc.nat(5_000), fc.nat(99))
    .map(([whole, below]) => `${whole}.${String(below).padStart(2, '0')}`),
  currency: fc.constant('USD' as const),
  per: fc.constantFrom(1, 2, 12, 100),
  unit: fc.constantFrom('kg' as const, 'piece' as const, 'litre' as const),
});
const sum = fc.record({
  percent: fc.nat(200).map(String),
  specific: fc.array(part, { minLength: 1, maxLength: 3 }),
});

describe('any rate', () => {
  it('is never negative, at least its least and at most its most', () => {
    fc.assert(
      fc.property(
        sum,
        sum,
        sum,
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 50 }),
        (own, least, most, value, quantity) => {
          const given = line({ quantity, measures: { litres: '0.33' } });
          const at = (rate: DutyRate) => amountAt(rate, money(value, 'USD'), given)?.amountMinor ?? -1;
          const held = at({ ...own, least, most });
          expect(held).toBeGreaterThanOrEqual(0);
          expect(held).toBeLessThanOrEqual(at(most));
          expect(held).toBeGreaterThanOrEqual(Math.min(at(least), at(most)));
          expect(held).toBe(Math.min(Math.max(at(own), at(least)), at(most)));
        },
      ),
    );
  });

  it('is the sum of its parts, but for the rounding of each', () => {
    fc.assert(
      fc.property(sum, fc.nat(1_000_000), ({ percent, specific: parts }, value) => {
        const given = line({ measures: { litres: '0.33' } });
        const at = (rate: DutyRate) => amountAt(rate, money(value, 'USD'), given)?.amountMinor ?? -1;
        const each = [at(percent), ...parts.map((one) => at({ specific: [one] }))];
        const apart = each.reduce((all, one) => all + one, 0);
        expect(Math.abs(at({ percent, specific: parts }) - apart) * 2).toBeLessThanOrEqual(each.length + 1);
      }),
    );
  });
});
