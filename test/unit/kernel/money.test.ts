import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, minorDigits } from '../../../shared/kernel/currency.ts';
import {
  AmountTooLarge,
  add,
  allocate,
  convert,
  divide,
  formatMoney,
  money,
  multiply,
  parseMajor,
  percent,
  ratioOf,
  subtract,
  sum,
} from '../../../shared/kernel/money.ts';

const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('money', () => {
  it('refuses a fraction of a minor unit and an amount too large to be exact', () => {
    expect(() => money(0.5, 'EUR')).toThrow('safe integer');
    expect(() => money(2 ** 53, 'EUR')).toThrow(AmountTooLarge);
  });

  it('never mixes currencies', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'GBP'))).toThrow('two currencies');
  });

  it('gives the same amount again after adding and subtracting', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(subtract(add(money(a, 'EUR'), money(b, 'EUR')), money(b, 'EUR'))).toEqual(money(a, 'EUR'));
      }),
    );
  });

  it.each([
    // A half: away from zero, to the even neighbour, towards zero, away from zero always.
    [5n, 2n, { 'half-up': 3n, 'half-even': 2n, down: 2n, up: 3n }],
    [7n, 2n, { 'half-up': 4n, 'half-even': 4n, down: 3n, up: 4n }],
    [-5n, 2n, { 'half-up': -3n, 'half-even': -2n, down: -2n, up: -3n }],
    [10n, 3n, { 'half-up': 3n, 'half-even': 3n, down: 3n, up: 4n }],
    [-10n, 3n, { 'half-up': -3n, 'half-even': -3n, down: -3n, up: -4n }],
  ] as const)('rounds %s / %s as each mode says', (numerator, denominator, expected) => {
    for (const [rounding, quotient] of Object.entries(expected)) {
      expect(divide(numerator, denominator, rounding as keyof typeof expected)).toBe(quotient);
    }
  });

  it('takes 19 % of EUR 66.00 as EUR 12.54, and 20 % of GBP 54.99 as GBP 11.00', () => {
    expect(multiply(money(66_00, 'EUR'), percent('19'))).toEqual(money(12_54, 'EUR'));
    expect(multiply(money(54_99, 'GBP'), percent('20'))).toEqual(money(11_00, 'GBP'));
    expect(multiply(money(100_00, 'USD'), percent('0.3464'))).toEqual(money(35, 'USD'));
  });

  it('converts between currencies of 0, 2 and 3 digits', () => {
    // EUR 12.34 at 162.5 yen is 2005.25 yen; at 0.4 dinars it is 4.936 dinars.
    expect(convert(money(12_34, 'EUR'), 'JPY', ratioOf('162.5'))).toEqual(money(2005, 'JPY'));
    expect(convert(money(12_34, 'EUR'), 'BHD', ratioOf('0.4'))).toEqual(money(4_936, 'BHD'));
    expect(convert(money(2005, 'JPY'), 'EUR', ratioOf('0.006'))).toEqual(money(12_03, 'EUR'));
  });

  it('is divided into shares whose sum is the amount, each less than one minor unit from its exact value', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((w) => w > 0));
    fc.assert(
      fc.property(amounts, weights, (amount, shares) => {
        const parts = allocate(money(amount, 'EUR'), shares);
        expect(sum(parts, 'EUR')).toEqual(money(amount, 'EUR'));
        const total = shares.reduce((a, b) => a + b, 0);
        for (const [index, part] of parts.entries()) {
          const exact = (amount * (shares[index] ?? 0)) / total;
          expect(Math.abs(part.amountMinor - exact)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is written and read again in every currency', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom(...currencies), (amount, currency) => {
        const [text = ''] = formatMoney(money(amount, currency)).split(' ');
        expect(parseMajor(text, currency)).toEqual(money(amount, currency));
      }),
    );
  });

  it('is not read from a decimal with too many digits or with an exponent', () => {
    expect(parseMajor('1.5', 'JPY')).toBeUndefined();
    expect(parseMajor('1.234', 'EUR')).toBeUndefined();
    expect(parseMajor('1e3', 'EUR')).toBeUndefined();
    expect(() => ratioOf('1e3')).toThrow('plain decimal');
    expect(minorDigits('BHD')).toBe(3);
  });
});
