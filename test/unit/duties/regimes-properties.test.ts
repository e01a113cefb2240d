import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Assessed,
  isAssessed,
  type NotAssessable,
  type SellerRegistrations,
} from '../../../shared/duties/index.ts';
import { isRefusal } from '../../../shared/duties/regime.ts';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import type { RuleOf } from '../../../shared/duties/rules/schema.ts';
import { type AssessCase, assess, type Goods } from '../../builders/assess.ts';

const countries = regimes.flatMap((regime) => regime.countries.map((country) => ({ country, regime })));
const dates = ['2024-01-01', '2025-06-01', '2026-02-25', '2026-07-24', '2026-12-01', '2028-10-02'];
const registeredEverywhere: SellerRegistrations = {
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
  taxNumbers: Object.fromEntries(countries.map(({ country }) => [country, `${country}123456789`])),
};
const sellers = [registeredEverywhere, {}];
/** The region, in countries where the tax depends on it. */
const regionOf = (country: string) => ({ BR: 'SP', CA: 'ON' })[country];

const goodsOf = fc.record({
  hsCode: fc.constantFrom(
    '6109100012',
    '3926909700',
    '4202210000',
    '4901990000',
    '3303000000',
    '8517130000',
    '9503000073',
    '640411',
    '392690',
  ),
  value: fc.oneof(fc.integer({ min: 1, max: 300_00 }), fc.integer({ min: 1, max: 10_000_00 })),
  quantity: fc.integer({ min: 1, max: 5 }),
  origin: fc.constantFrom('CN', 'US', 'GB', 'DE', 'JP'),
}) satisfies fc.Arbitrary<Goods>;

/** Any consignment to any country that is served, in its own currency or in dollars, one for one. */
const caseOf: fc.Arbitrary<AssessCase> = fc
  .record({
    to: fc.constantFrom(...countries),
    inDollars: fc.boolean(),
    from: fc.constantFrom('CN', 'US', 'GB', 'DE', 'JP', 'there'),
    goods: fc.array(goodsOf, { minLength: 1, maxLength: 4 }),
    freight: fc.integer({ min: 0, max: 100_00 }),
    date: fc.constantFrom(...dates),
    incoterm: fc.constantFrom('DDP' as const, 'DAP' as const),
    channel: fc.constantFrom('post' as const, 'courier' as const),
    seller: fc.constantFrom(...sellers),
  })
  .map(({ to: { country, regime }, inDollars, from, ...rest }) => {
    const region = regionOf(country);
    return {
      ...rest,
      to: country,
      from: from === 'there' ? country : from,
      currency: inDollars ? ('USD' as const) : regime.currency,
      ...(region === undefined ? {} : { region }),
    };
  });

const dayAfter = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Checks what holds of every consignment that has a price. */
function forEveryPrice(check: (outcome: Assessed, given: AssessCase) => void, runs = 1_500) {
  let priced = 0;
  const property = fc.property(caseOf, (given) => {
    const outcome = assess(given);
    if (!isAssessed(outcome)) return;
    priced += 1;
    check(outcome, given);
  });
  fc.assert(property, { numRuns: runs });
  expect(priced).toBeGreaterThan(runs / 10);
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

describe('every regime', () => {
  it.each(countries.map(({ country, regime }) => [country, regime] as const))(
    '%s: gives a price or a named refusal for each date, channel, incoterm and registration',
    (country, regime) => {
      const region = regionOf(country);
      for (const date of dates)
        for (const channel of ['post', 'courier'] as const)
          for (const incoterm of ['DDP', 'DAP'] as const)
            for (const seller of sellers)
              for (const from of ['CN', 'US', country])
                for (const where of [{}, ...(region === undefined ? [] : [{ region }])]) {
                  const goods = [
                    { hsCode: '6109100012', value: 40_00 },
                    { hsCode: '4901990000', value: 10_00 },
                  ];
                  const given = { date, channel, incoterm, seller, from, goods, freight: 5_00, ...where };
                  const outcome = assess({ ...given, to: country, currency: regime.currency });
                  const named = isRefusal(outcome) ? outcome.detail.length > 20 : isAssessed(outcome);
                  expect(named, JSON.stringify({ ...given, outcome })).toBe(true);
                }
    },
  );

  it.each(regimes.map((regime) => [regime.code, regime] as const))(
    '%s: gives a price or a named refusal on each first day of a rule and on the day before',
    (code, regime) => {
      const rows = builtinRows.filter((row) => row.regime === code);
      const begins = new Set(
        rows.flatMap(({ validFrom, validTo }) => [validFrom, dayAfter(validTo ?? validFrom)]),
      );
      const days = new Set(
        [...begins].flatMap((day) => [day, dayAfter(day, -1)]).filter((day) => day >= '1990-01-01'),
      );
      for (const to of regime.countries)
        for (const date of days)
          for (const from of ['CN', 'US', to])
            for (const seller of sellers) {
              const region = regionOf(to);
              const where = region === undefined ? {} : { region };
              const goods = [{ hsCode: '6109100012', value: 40_00 }];
              const given = {
                to,
                date,
                from,
                seller,
                goods,
                freight: 0,
                currency: regime.currency,
                ...where,
              };
              expect(() => assess(given), JSON.stringify(given)).not.toThrow();
            }
    },
  );

  it('charges no negative amount, in the shopper’s currency, with rule, law, authority and formula', () => {
    forEveryPrice(({ charges, deMinimis }, { currency }) => {
      for (const charge of charges) {
        expect(charge.amount.currency).toBe(currency);
        expect(charge.amount.amount).toBeGreaterThanOrEqual(0);
        const { formula, ruleId, legalReference, owedTo = '', rate = '' } = charge;
        for (const text of [formula, ruleId, legalReference, owedTo, rate])
          expect(text.trim(), charge.code).not.toBe('');
        const rule = builtinRows.find(({ id }) => id === charge.ruleId);
        // A rate of a schedule names its edition and line.
        expect(rule ?? charge.tariffLine, charge.ruleId).toBeDefined();
        // A rate is of a base; an amount an item or a consignment has none.
        if (rule !== undefined && !('amount' in rule)) expect(charge.base, charge.code).toBeDefined();
      }
      for (const { explanation } of deMinimis) expect(explanation).not.toBe('');
    });
  });

  it('gives the same result for the same input, and the same amounts without formulas', () => {
    forEveryPrice((outcome, given) => {
      expect(assess(given)).toEqual(outcome);
      const bare = assess({ ...given, explain: false });
      if (!isAssessed(bare)) throw new Error(bare.detail);
      for (const { formula } of bare.charges) expect(formula).toBe('');
      for (const { explanation } of bare.deMinimis) expect(explanation).toBe('');
      const amounts = ({ charges, deMinimis, ...rest }: Assessed) => ({
        ...rest,
        charges: charges.map(({ formula: _formula, rate: _rate, ...charge }) => charge),
        deMinimis: deMinimis.map(({ explanation: _explanation, ...decision }) => decision),
      });
      expect(amounts(bare)).toEqual(amounts(outcome));
    });
  });

  it('taxes the consignment as a whole: the shares of the lines add up to the tax at each rate', () => {
    forEveryPrice(({ charges }, { to, currency }) => {
      const { regime } = countries.find(({ country }) => country === to) ?? {};
      if (regime?.currency !== currency) return;
      const taxes = charges.filter(({ kind }) => kind === 'tax');
      for (const group of Map.groupBy(taxes, ({ ruleId, code }) => `${ruleId} ${code}`).values()) {
        const [first] = group;
        const total = sum(group.map(({ amount }) => amount.amount));
        if (first?.code === 'import-jct') expect(total % 100).toBe(0);
        else expect(total).toBe(taxOn(sum(group.map(({ base }) => base?.amount ?? 0)), first));
      }
    });
  });

  it('never grants a relief only because other goods of the order are sent too', () => {
    fc.assert(
      fc.property(caseOf, fc.integer({ min: 1, max: 500_00 }), (given, alsoSent) => {
        const [alone, together] = [assess(given), assess({ ...given, alsoSent })];
        if (!isAssessed(alone) || !isAssessed(together)) return;
        for (const { on, relieved } of together.deMinimis)
          if (relieved)
            expect(alone.deMinimis.find((decision) => decision.on === on)).toMatchObject({ relieved });
        if (isForLowValues(together)) expect(together.scheme).toBe(alone.scheme);
      }),
      { numRuns: 2_000 },
    );
  });

  it('grants a relief of duty and of tax up to a value, and never above it', () => {
    fc.assert(
      fc.property(caseOf, fc.integer({ min: 2, max: 50 }), (given, times) => {
        const costlier = {
          ...given,
          goods: given.goods.map((goods) => ({ ...goods, value: goods.value * times })),
        };
        const [low, high] = [assess(given), assess(costlier)];
        if (!isAssessed(low) || !isAssessed(high)) return;
        for (const { on, relieved } of high.deMinimis)
          if (relieved)
            expect(low.deMinimis.find((decision) => decision.on === on)).toMatchObject({ relieved });
        if (isForLowValues(high)) expect(isForLowValues(low)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The tax of a rate on a whole base in the regime's currency, computed in whole numbers. */
function taxOn(base: number, charge: Assessed['charges'][number] | undefined): number {
  const row = builtinRows.find(({ id }) => id === charge?.ruleId);
  if (charge === undefined || row?.kind !== 'tax-rate') throw new Error('a tax has a rate');
  const tenThousandths = Math.round(Number(row.rate) * 10_000);
  const of = BigInt(row.inside === true ? 1_000_000 - tenThousandths : 1_000_000);
  const exact = BigInt(base) * BigInt(tenThousandths);
  if (charge.code === 'import-vat' && row.regime === 'kr') return Number(exact / of / 10n) * 10;
  // Whole pesos, kroner and rupees, of a hundred each, half up; whole rupiah, down.
  if (
    ['import-iva', 'import-mva', 'import-igst'].includes(charge.code) &&
    ['co', 'no', 'in'].includes(row.regime)
  )
    return Number((exact + of * 50n) / (of * 100n)) * 100;
  if (['import-ppn', 'import-pph'].includes(charge.code)) return Number(exact / (of * 100n)) * 100;
  return Number((exact * 2n + of) / (of * 2n));
}

const isForLowValues = ({ scheme }: Assessed) =>
  ['ioss', 'supply-vat', 'de-minimis', 'remessa-conforme'].includes(scheme) || scheme.endsWith('-vendor');

describe('each relief', () => {
  const reliefs = builtinRows.filter((row): row is RuleOf<'relief'> => row.kind === 'relief');

  it.each(reliefs.map((row) => [row.id, row] as const))(
    '%s is granted at its threshold as stated, and not above',
    (_id, row) => {
      const at = decision(row, row.threshold.amount);
      expect(at).toMatchObject({ ruleId: row.id, relieved: row.included });
      // Above the threshold another rule may refuse the goods, but no rule grants a relief.
      expect(decision(row, row.threshold.amount + 1)?.relieved ?? false).toBe(false);
    },
  );

  /** The decision about a consignment of a customs value that meets the conditions of the row. */
  function decision(row: RuleOf<'relief'>, value: number) {
    const outcome = assess(meets(row, value));
    if (isAssessed(outcome)) return outcome.deMinimis.find(({ on }) => on === row.on);
    if (value <= row.threshold.amount) throw new Error(outcome.detail);
    return refused(outcome);
  }

  const refused = (_outcome: NotAssessable) => undefined;

  function meets(
    { regime: code, validTo, when = {}, threshold }: RuleOf<'relief'>,
    value: number,
  ): AssessCase {
    const regime = regimes.find((each) => each.code === code);
    const [to = ''] = regime?.countries ?? [];
    const region = regionOf(to);
    const shipFrom = when.shipFrom !== undefined && 'only' in when.shipFrom ? when.shipFrom.only[0] : 'CN';
    const origin = code === 'us' ? 'GB' : 'CN';
    // Goods for a person's own use are valued at 60 % of their price in Japan.
    const price = code === 'jp' ? Math.ceil((value - 0.5) / 0.6) : value;
    return {
      to,
      ...(region === undefined ? {} : { region }),
      from: shipFrom ?? 'CN',
      currency: threshold.currency,
      goods: [{ hsCode: code === 'jp' || code === 'us' ? '6205200000' : '6109100012', value: price, origin }],
      freight: 0,
      date: validTo ?? '2026-12-01',
      incoterm: 'DAP',
      channel: when.channel ?? 'courier',
      seller: {
        ...(when.seller === 'unregistered' ? {} : registeredEverywhere),
        ...(when.switch === undefined ? {} : { switches: { [when.switch.name]: when.switch.is } }),
      },
    };
  }
});
