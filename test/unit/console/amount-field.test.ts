import { expect, test } from 'vitest';
import { amountOf } from '../../../infra/console/src/orders/amount-field.ts';

test.each([
  ['1.50', 'EUR', 150],
  ['1,5', 'EUR', 150],
  ['12', 'EUR', 1200],
  ['12', 'JPY', 12],
  ['0.125', 'KWD', 125],
  ['0.29', 'USD', 29],
] as const)('%s %s is an amount in minor units', (typed, currency, amount) => {
  expect(amountOf(typed, currency)).toEqual({ amount, currency });
});

test.each([
  ['', 'EUR'],
  ['0', 'EUR'],
  ['-1', 'EUR'],
  ['1.505', 'EUR'],
  ['1.5', 'JPY'],
  ['1,000.00', 'EUR'],
  ['1e3', 'EUR'],
  ['ten', 'EUR'],
] as const)('%s %s is none', (typed, currency) => {
  expect(amountOf(typed, currency)).toBeUndefined();
});
