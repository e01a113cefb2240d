import { describe, expect, it } from 'vitest';
import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import { amountAt } from '../../../shared/duties/assess/duty-rate.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import { type RuleOf, ruleSchema } from '../../../shared/duties/rules/schema.ts';
import { money } from '../../../shared/kernel/money.ts';
import { assess, assessed, sums } from '../../builders/assess.ts';

/**
 * Cases of the calculator of the UK Trade Tariff service, as the specifications of its public repositories state them
 * (trade-tariff on GitHub: trade-tariff-frontend, mcp, trade-tariff-testing; facts of 2026). The rates are those of
 * the cases. All amounts are pence.
 */
const date = '2026-12-01';
const row = {
  ...{ regime: 'gb', validFrom: '2021-01-01', law: 'as the case states' },
  ...{ provenance: 'published' as const, confidence: 'high' as const },
};

const rateOf = (hsPrefix: string, rate: string): RuleOf<'tariff-line'> => ({
  ...{ ...row, id: `case-${hsPrefix}-${rate}`, kind: 'tariff-line', tariff: 'gb' },
  ...{ hsPrefix, goods: 'goods of the case', rate },
});

/** A rate for goods of some origins only. */
const from = (origins: readonly string[], line: RuleOf<'tariff-line'>): RuleOf<'tariff-line'> => ({
  ...line,
  id: `${line.id}-${origins.join('-')}`,
  when: { origins: { only: [...origins] } },
});

function charged(
  goods: {
    readonly hsCode: string;
    readonly origin: string;
    readonly value: number;
    readonly freight: number;
  },
  lines: readonly RuleOf<'tariff-line'>[],
) {
  const { freight, ...line } = goods;
  // The calculator does not ask whether goods may be zero-rated.
  const rows = builtinRuleBook.rows.filter(({ kind }) => kind !== 'not-computed');
  const rules = createRuleBook([...rows, ...lines], 'with the rates of a case');
  return sums(assessed({ to: 'GB', currency: 'GBP', date, goods: [line], freight, rules, seller: {} }));
}

describe('the calculator of the UK Trade Tariff service', () => {
  const horse = { hsCode: '0101210000', value: 500_00, freight: 0 };
  const erga = rateOf('0101210000', '12');

  it('adds VAT to the value with the duty', () => {
    // 500.00 x 12 % = 60.00; 560.00 x 20 % = 112.00.
    expect(charged({ ...horse, origin: 'US' }, [erga])).toEqual({ duty: 60_00, tax: 112_00, fees: 0 });
  });

  it('has the rate of a country in place of that for all countries, and never adds them', () => {
    // 500.00 x 5 % = 25.00; 525.00 x 20 % = 105.00.
    const ofChina = from(['CN'], rateOf('0101210000', '5'));
    const duty = { duty: 25_00, tax: 105_00, fees: 0 };
    expect(charged({ ...horse, origin: 'CN' }, [erga, ofChina])).toEqual(duty);
  });

  it('has freight and insurance in the value', () => {
    // 500.00 + 250.00 + 250.00 = 1,000.00; 4 % = 40.00; 1,040.00 x 20 % = 208.00; together 248.00.
    const goods = { hsCode: '3811210027', origin: 'LI', value: 500_00, freight: 500_00 };
    expect(charged(goods, [rateOf('3811210027', '4')])).toEqual({ duty: 40_00, tax: 208_00, fees: 0 });
  });

  it('has VAT alone where the duty is zero', () => {
    // 500.00 + 100.00 + 250.00 = 850.00; 20 % = 170.00.
    const goods = { hsCode: '1212210000', origin: 'IL', value: 500_00, freight: 350_00 };
    expect(charged(goods, [rateOf('1212210000', '0')])).toEqual({ duty: 0, tax: 170_00, fees: 0 });
  });
});

describe('its case with trade remedies', () => {
  const ferrosilicon = '7202118000';
  const row01 = { ...row, kind: 'additional-duty' as const, netOfTariff: false };
  const remedy = (code: string, rate: RuleOf<'additional-duty'>['rate']): RuleOf<'additional-duty'> => ({
    ...{ ...row01, id: `case-${code}`, code, description: `${code} duty of the case`, rate },
    when: { goods: { only: [ferrosilicon] } },
  });
  const remedies = [
    remedy('gb-safeguard', '25'),
    remedy('gb-additional', '25'),
    remedy('gb-anti-dumping', {
      specific: [{ minor: '14410', currency: 'GBP', per: 1_000, unit: 'kg' }],
    }),
  ];
  const given = {
    ...({ to: 'GB', from: 'UA', currency: 'GBP', date, freight: 260_89, seller: {} } as const),
    goods: [{ hsCode: ferrosilicon, origin: 'UA', value: 1_000_00, quantity: 2, unitWeightGrams: 1_000_000 }],
    rules: createRuleBook(
      [
        ...builtinRuleBook.rows.filter(({ kind }) => kind !== 'not-computed'),
        rateOf(ferrosilicon, '2.7'),
        ...remedies,
      ],
      'with the rates of a case',
    ),
  };

  it('adds two duties of 25 % and one of 144.10 for a tonne to the tariff', () => {
    // 1,000.00 + 250.89 + 10.00 = 1,260.89; 2.7 % = 34.04; 25 % = 315.22 twice; 2 t x 144.10 = 288.20.
    const duties = assessed(given).charges.filter(({ kind }) => kind === 'duty');
    expect(duties.map(({ code, amount, rate }) => [code, amount.amount, rate])).toEqual([
      ['gb-third-country-duty', 34_04, '2.7'],
      ['gb-safeguard', 315_22, '25'],
      ['gb-additional', 315_22, '25'],
      ['gb-anti-dumping', 288_20, '144.10 GBP/1000 kg'],
    ]);
  });

  it('has VAT on the duties that are paid; the calculator, on duties with fractions of a penny, has one more', () => {
    // 1,260.89 + 34.04 + 315.22 + 315.22 + 288.20 = 2,213.57; 20 % = 442.714. The calculator: 2,213.57903, 442.7158.
    expect(sums(assessed(given)).tax).toBe(442_71);
  });

  it('is in no row as an amount that is less the rate of the tariff', () => {
    const [, , byTonne] = remedies;
    expect(ruleSchema.safeParse(byTonne).success).toBe(true);
    expect(ruleSchema.safeParse({ ...byTonne, netOfTariff: true }).error?.message).toContain(
      'only a percentage is net',
    );
  });

  it('refuses goods whose product lacks what the amount is for', () => {
    const byVolume = remedy('gb-anti-dumping', {
      specific: [{ minor: '500', currency: 'GBP', per: 1, unit: 'litre' }],
    });
    const others = given.rules.rows.filter(({ id }) => id !== byVolume.id);
    const outcome = assess({ ...given, rules: createRuleBook([...others, byVolume], 'by the litre') });
    expect(outcome).toMatchObject({
      reason: 'unclassified',
      detail:
        'the rate of gb-anti-dumping duty of the case, 5.00 GBP/litre, is by litre; the product says no volume',
    });
  });
});

describe('its duties by weight', () => {
  /** Goods of that weight, in units of 100 kg. */
  const weighing = (hundreds: number): ConsignmentLine => ({
    ...{ lineId: 'line-1', sku: 'A', description: 'goods', quantity: hundreds, hsCode: '170199' },
    ...{ originCountry: 'BR', unitWeightGrams: 100_000, goodsValue: { amount: 1_200_00, currency: 'GBP' } },
  });
  const per100kg = (minor: string) => [{ minor, currency: 'GBP' as const, per: 100, unit: 'kg' as const }];
  const value = money(1_200_00, 'GBP');

  it.each([
    // 35.10 for 100 kg.
    [1, 35_10],
    // 100 x 35.10.
    [100, 3_510_00],
  ])('35.10 GBP / 100 kg of %d x 100 kg are %d pence', (hundreds, pence) => {
    expect(amountAt({ specific: per100kg('3510') }, value, weighing(hundreds))).toEqual(money(pence, 'GBP'));
  });

  it('13.80 % at least 13.00 GBP / 100 kg, at most 15.00 less 7.00 GBP / 100 kg, of 100 x 100 kg are 800.00', () => {
    // 13.8 % of 1,200.00 is 165.60, at least 1,300.00, at most 100 x (15.00 - 7.00) = 800.00.
    const rate = {
      percent: '13.8',
      least: { specific: per100kg('1300') },
      most: { specific: per100kg('800') },
    };
    expect(amountAt(rate, value, weighing(100))).toEqual(money(800_00, 'GBP'));
  });
});
