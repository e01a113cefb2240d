import { expect, test } from 'vitest';
import { methodFor } from '../../../shared/payment/index.ts';
import { paymentMethods } from '../../../shared/payment/payment-methods.ts';
import { landedCost } from '../../builders/landed-cost.ts';

const abilities = {
  ...({ flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const),
  authenticates: false,
};

const today = '2026-11-30';

const registry: Parameters<typeof paymentMethods>[0] = [
  {
    code: 'first',
    methods: [
      {
        ...{ ...abilities, method: 'card', currencies: ['EUR', 'BRL'], reservationMs: 1 },
        minAmountMinor: { EUR: 50 },
      },
      { ...abilities, method: 'ideal', countries: ['NL'], currencies: ['EUR'], reservationMs: 2 },
    ],
  },
  {
    code: 'second',
    methods: [
      { ...abilities, method: 'card', currencies: ['EUR', 'USD'], reservationMs: 3 },
      { ...abilities, method: 'pix', countries: ['BR'], currencies: ['BRL'], reservationMs: 4 },
    ],
  },
];

test.each([
  ['NL', 'EUR', 100, ['first:ideal', 'first:card']],
  ['BR', 'BRL', 100, ['second:pix', 'first:card']],
  ['DE', 'EUR', 100, ['first:card']],
  ['DE', 'EUR', 50, ['first:card']],
  ['DE', 'EUR', 49, ['second:card']],
  ['US', 'USD', 100, ['second:card']],
  ['JP', 'JPY', 100, []],
  ['DE', 'EUR', 0, ['none:none']],
  ['JP', 'JPY', 0, ['none:none']],
  ['DE', 'EUR', -1, []],
] as const)('in %s, in %s, for %i: %j', (country, currency, amountMinor, offered) => {
  const methods = paymentMethods(registry, { country, currency, amountMinor, today });
  expect(methods.map(({ provider, method }) => `${provider}:${method}`)).toEqual(offered);
});

test('each payment method has its own reservation time', () => {
  expect(paymentMethods(registry, { country: 'NL', currency: 'EUR', amountMinor: 100, today })[0]).toEqual({
    ...{ method: 'ideal', provider: 'first', reservationMs: 2 },
  });
});

test.each([
  [
    'the seller’s order overrides the order of the registry',
    { providers: ['second', 'first'] },
    'second:card',
  ],
  ['a provider that is not in the seller’s order offers nothing', { providers: ['second'] }, 'second:card'],
  [
    'a method goes to the provider that the seller chose for it',
    { methods: { card: 'second' } },
    'second:card',
  ],
  [
    'the choice for a method applies in any order of providers',
    { providers: ['first', 'second'], methods: { card: 'second' } },
    'second:card',
  ],
  ['without a choice, the order of the registry applies', {}, 'first:card'],
] as const)('%s', (_rule, choice, card) => {
  const methods = paymentMethods(
    registry,
    { country: 'NL', currency: 'EUR', amountMinor: 100, today },
    choice,
  );
  const cards = methods.filter(({ method }) => method === 'card');
  expect(cards.map(({ provider, method }) => `${provider}:${method}`)).toEqual([card]);
  const hasFirst = !('providers' in choice) || choice.providers.some((code) => code === 'first');
  expect(methods.some(({ method }) => method === 'ideal')).toBe(hasFirst);
});

test('the method of an order is found for the total of its plan and for its destination', () => {
  const cost = landedCost();
  const inDe = (amount: number) => ({
    ...cost,
    destination: { country: 'DE' as const },
    totals: { ...cost.totals, total: { amount, currency: 'EUR' as const } },
  });
  const at = { today, cashCarriers: new Map() };
  expect(methodFor(registry, 'card', inDe(100), at)?.provider).toBe('first');
  expect(methodFor(registry, 'card', inDe(49), at)?.provider).toBe('second');
  expect(methodFor(registry, 'ideal', inDe(100), at)).toBeUndefined();
});
