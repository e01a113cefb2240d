import { describe, expect, test } from 'vitest';
import { isPayable, offersFor } from '../../../shared/payment/offers.ts';
import type { OfferedMethod } from '../../../shared/payment/provider.ts';

const entry = (over: Partial<OfferedMethod> & Pick<OfferedMethod, 'method'>): OfferedMethod => ({
  ...({ flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const),
  ...{ authenticates: false, currencies: ['EUR'], reservationMs: 1 },
  ...over,
});

const first = {
  code: 'first',
  methods: [
    entry({
      ...{ method: 'card', currencies: ['EUR', 'COP', 'KWD'], digits: { COP: 0, KWD: 2 } },
      ...{ minAmountMinor: { EUR: 50 }, maxAmountMinor: { EUR: 100_000 } },
    }),
    entry({ method: 'pay-later', countries: ['DE', 'NL'] }),
    entry({ method: 'pay-later', countries: ['GB'], currencies: ['GBP'] }),
  ],
};
const second = {
  code: 'second',
  methods: [entry({ method: 'card' }), entry({ method: 'ideal', countries: ['NL'] })],
};
const registry = [first, second];
type Choice = Parameters<typeof offersFor>[2];
const query = { country: 'DE', currency: 'EUR', amountMinor: 5_000, today: '2026-11-30' } as const;

/** `provider:method`, with the reason where it is refused. */
const said = (over: Partial<Parameters<typeof offersFor>[1]>, choice?: Choice) =>
  offersFor(registry, { ...query, ...over }, choice).map(({ provider, method, refusal }) =>
    [`${provider}:${method}`, refusal?.reason].filter((word) => word !== undefined).join(' '),
  );
const reasonOf = (
  method: string,
  over: Partial<Parameters<typeof offersFor>[1]>,
  terms?: NonNullable<Choice>['terms'],
) =>
  offersFor([first], { ...query, ...over }, terms === undefined ? {} : { terms }).find(
    (offer) => offer.method === method,
  )?.refusal;

describe('the offers for a payment', () => {
  test('are in the order of the market, and each other method has its reason', () => {
    expect(said({})).toEqual([
      'first:pay-later',
      'first:card',
      'second:card other-provider',
      'second:ideal country',
    ]);
    expect(said({ country: 'NL' }, { order: { NL: ['ideal', 'card'] } })).toEqual([
      'second:ideal',
      'first:card',
      'first:pay-later',
      'second:card other-provider',
    ]);
  });

  test('have a method that not every merchant may use only where the provider is named for it', () => {
    const asking = { code: 'asking', methods: [entry({ method: 'ask', onlyIfChosen: true })] };
    const other = { code: 'other', methods: [entry({ method: 'ask' })] };
    const reasons = (choice: Choice, all = [asking]) =>
      offersFor(all, query, choice).map(({ provider, refusal }) => [provider, refusal?.reason]);
    expect(reasons({})).toEqual([['asking', 'method-not-chosen']]);
    expect(reasons({ providers: ['asking'] })).toEqual([['asking', 'method-not-chosen']]);
    expect(reasons({ methods: { ask: 'asking' } })).toEqual([['asking', undefined]]);
    expect(reasons({ methods: { ask: 'other' } }, [asking, other])).toEqual([
      ['other', undefined],
      ['asking', 'other-provider'],
    ]);
    expect(reasons({ providers: ['other'], methods: { ask: 'asking' } })).toEqual([
      ['asking', 'provider-not-chosen'],
    ]);
  });

  test('follow the chosen providers', () => {
    expect(said({}, { providers: ['second'] })).toEqual([
      'second:card',
      'second:ideal country',
      'first:card provider-not-chosen',
      'first:pay-later provider-not-chosen',
    ]);
    expect(said({}, { methods: { card: 'second' } })).toEqual([
      'first:pay-later',
      'second:card',
      'first:card other-provider',
      'second:ideal country',
    ]);
  });

  test.each([
    ['pay-later', { country: 'FR' }, 'country', 'not offered in FR'],
    ['pay-later', { country: 'GB' }, 'currency', 'not in EUR there, but in GBP'],
    ['card', { currency: 'USD' }, 'currency', 'not in USD there, but in EUR, COP, KWD'],
    ['card', { amountMinor: 49 }, 'below-minimum', 'from 0.50 EUR'],
    ['card', { amountMinor: 100_001 }, 'above-maximum', 'up to 1000.00 EUR'],
    // COP has two decimals in ISO 4217 and none at this provider; KWD has three there and two here.
    [
      'card',
      { currency: 'COP', amountMinor: 500_050 },
      'currency-digits',
      'only with 0 decimal places in COP',
    ],
    ['card', { currency: 'KWD', amountMinor: 1_005 }, 'currency-digits', 'only with 2 decimal places in KWD'],
  ] as const)('refuse %s for %j: %s', (method, over, reason, detail) => {
    expect(reasonOf(method, over)).toEqual({ reason, detail });
  });

  test.each([
    ['card', { amountMinor: 50 }],
    ['card', { amountMinor: 100_000 }],
    ['card', { currency: 'COP', amountMinor: 500_000 }],
    ['card', { currency: 'KWD', amountMinor: 1_010 }],
    ['pay-later', { country: 'GB', currency: 'GBP' }],
  ] as const)('have %s for %j', (method, over) => {
    expect(reasonOf(method, over)).toBeUndefined();
  });

  test.each([
    ['at-dispatch', 'many', 'dispatch'],
    ['at-dispatch', 'once', 'last-dispatch'],
    ['at-dispatch', 'none', undefined],
    ['after-screening', 'many', undefined],
    ['at-once', 'none', undefined],
  ] as const)('of a method that captures %s, in parts %s, say when: %s', (captures, partialCapture, at) => {
    const methods = [entry({ method: 'later', captures, partialCapture })];
    expect(offersFor([{ code: 'one', methods }], query)[0]?.captureAt).toBe(at);
  });

  test('of nothing are the one method that collects nothing', () => {
    expect(said({ amountMinor: 0, currency: 'JPY' })).toEqual(['none:none']);
  });
});

describe('the terms of a provider', () => {
  const licence = (validUntil: string, countries?: string[]) => ({
    ...{ provider: 'first', licence: { validUntil } },
    ...(countries === undefined ? {} : { countries }),
  });

  test('hold a licence until its last day', () => {
    expect(reasonOf('card', {}, [licence('2026-11-30')])).toBeUndefined();
    expect(reasonOf('card', {}, [licence('2026-11-29')])).toEqual({
      ...{ reason: 'licence-expired', detail: 'the licence ended on 2026-11-29' },
    });
    expect(reasonOf('card', {}, [licence('2026-11-29'), licence('2027-01-31', ['DE'])])).toBeUndefined();
    expect(reasonOf('card', {}, [licence('2027-01-31', ['FR'])])?.reason).toBe('no-licence');
    expect(reasonOf('card', {}, [{ ...licence('2020-01-01'), provider: 'second' }])).toBeUndefined();
  });

  test('refuse goods by the beginning of their code', () => {
    const terms = [{ provider: 'first', methods: ['pay-later'], refusedGoods: ['2203', '93'] }];
    const ask = (method: string, goods: string[]) => reasonOf(method, { goods }, terms);
    expect(ask('pay-later', ['610910', '930400'])).toEqual({
      ...{ reason: 'goods', detail: 'not for goods of heading 930400' },
    });
    expect(ask('pay-later', ['610910', '220410'])).toBeUndefined();
    expect(ask('card', ['930400'])).toBeUndefined();
  });

  test('narrow the amounts in their countries', () => {
    const terms = [
      {
        ...{ provider: 'first', countries: ['DE'] },
        minAmounts: [{ amount: 1_000, currency: 'EUR' as const }],
        maxAmounts: [{ amount: 6_000, currency: 'EUR' as const }],
      },
    ];
    expect(reasonOf('card', { amountMinor: 999 }, terms)?.reason).toBe('below-minimum');
    expect(reasonOf('card', { amountMinor: 6_001 }, terms)?.reason).toBe('above-maximum');
    expect(reasonOf('card', { amountMinor: 6_001, country: 'FR' }, terms)).toBeUndefined();
  });

  test('have a fee of a percentage and a fixed amount', () => {
    const fee = { percent: '1.45', fixed: [{ amount: 25, currency: 'EUR' as const }] };
    const [offer] = offersFor([first], query, {
      terms: [{ provider: 'first', methods: ['pay-later'], fee }],
    });
    // 1.45 % of 50.00 EUR is 0.725, rounded half up 0.73; and 0.25 fixed.
    expect(offer).toMatchObject({ method: 'pay-later', fee: { amountMinor: 98, currency: 'EUR' } });
  });
});

test('a currency is payable where a method takes it there, whatever the amount', () => {
  expect(isPayable(registry, query)).toBe(true);
  expect(isPayable(registry, { ...query, currency: 'KWD' })).toBe(true);
  expect(isPayable(registry, { ...query, currency: 'GBP' })).toBe(false);
  expect(isPayable(registry, { ...query, country: 'GB', currency: 'GBP' })).toBe(true);
  expect(isPayable(registry, { ...query, currency: 'KWD' }, { providers: ['second'] })).toBe(false);
  const terms = [{ provider: 'first', licence: { validUntil: '2026-11-29' } }];
  expect(isPayable(registry, { ...query, currency: 'KWD' }, { terms })).toBe(false);
});
