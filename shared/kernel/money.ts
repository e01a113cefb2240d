import * as z from 'zod';
import { type Currency, currencySchema, minorDigits } from './currency.ts';
import { invariant } from './invariant.ts';

/** An amount in minor units (cents, yen, fils) with its currency. `amountMinor` is always a safe integer. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** The one wire form of an amount: `{ "amount": 1234, "currency": "EUR" }`, amount in minor units. */
export const moneySchema = z
  .strictObject({
    amount: z.int().meta({ description: 'Amount in minor units of the currency', example: 1999 }),
    currency: currencySchema,
  })
  .meta({ id: 'Money', description: 'An amount in minor units with its ISO 4217 currency' });

/** An amount above nothing, as somebody gives or takes it. */
export const positiveMoneySchema = moneySchema
  .extend({
    amount: z.int().min(1).meta({ description: 'Amount in minor units, at least 1', example: 1999 }),
  })
  .meta({ id: 'PositiveMoney', description: 'An amount above nothing in minor units with its currency' });

export type MoneyJson = z.infer<typeof moneySchema>;

/** How a fraction of a minor unit is resolved. Each rule of law that rounds names one of these. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';

/** An amount came out too large to be exact. The price, quantity or rate must be a mistake. */
export class AmountTooLarge extends Error {
  override readonly name = 'AmountTooLarge';
}

/** Makes an amount. Throws on a fraction of a minor unit, and {@link AmountTooLarge} if the amount can't be exact. */
export function money(amountMinor: number, currency: Currency): Money {
  if (Math.abs(amountMinor) > Number.MAX_SAFE_INTEGER)
    throw new AmountTooLarge(`an amount of ${currency} is too large to be exact`);
  invariant(Number.isSafeInteger(amountMinor), 'money is a safe integer of minor units', {
    amountMinor,
    currency,
  });
  return { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency };
}

export const zero = (currency: Currency): Money => money(0, currency);

function sameCurrency(a: Money, b: Money): void {
  invariant(a.currency === b.currency, 'amounts of two currencies are never mixed', {
    a: a.currency,
    b: b.currency,
  });
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amountMinor - b.amountMinor, a.currency);
}

export function negate(a: Money): Money {
  return money(-a.amountMinor, a.currency);
}

/** Sum of the amounts; `currency` gives the currency of an empty sum. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, zero(currency));
}

/** A whole number of times the amount (quantity, count of declaration lines). */
export function times(a: Money, count: number): Money {
  invariant(Number.isSafeInteger(count), 'a count is a whole number', { count });
  return money(a.amountMinor * count, a.currency);
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  sameCurrency(a, b);
  return a.amountMinor < b.amountMinor ? -1 : a.amountMinor > b.amountMinor ? 1 : 0;
}

/**
 * An exact fraction: rates, tax percentages and exchange rates are ratios of integers, so that no float
 * ever touches an amount. 19 % is `{ numerator: 19n, denominator: 100n }`.
 */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Reads a decimal string such as `"1.0845"`, `"-3"` or `"0.3464"` exactly.
 * Throws on anything else, an exponent included.
 */
export function ratioOf(decimal: string): Ratio {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  invariant(match !== null, 'a ratio is written as a plain decimal', { decimal });
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { numerator: sign === '-' ? -digits : digits, denominator: 10n ** BigInt(fraction.length) };
}

/** A percentage written as a decimal string: `percent("19")` is 19/100, `percent("12.5")` is 125/1000. */
export function percent(decimal: string): Ratio {
  const ratio = ratioOf(decimal);
  return { numerator: ratio.numerator, denominator: ratio.denominator * 100n };
}

/** The inverse, for reading an exchange rate the other way round. Throws on zero. */
export function inverse(ratio: Ratio): Ratio {
  invariant(ratio.numerator > 0n, 'only a positive ratio has an inverse here', {});
  return { numerator: ratio.denominator, denominator: ratio.numerator };
}

/** Integer division with the named rounding; half-up rounds a half away from zero, as tax law means it. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  invariant(denominator > 0n, 'a denominator is positive', {});
  const negative = numerator < 0n;
  const absolute = negative ? -numerator : numerator;
  const quotient = absolute / denominator;
  const remainder = absolute % denominator;
  const rounded = quotient + (roundsUp(quotient, remainder, denominator, rounding) ? 1n : 0n);
  return negative ? -rounded : rounded;
}

function roundsUp(quotient: bigint, remainder: bigint, denominator: bigint, rounding: Rounding): boolean {
  if (remainder === 0n || rounding === 'down') return false;
  if (rounding === 'up') return true;
  const twice = remainder * 2n;
  if (twice !== denominator) return twice > denominator;
  return rounding === 'half-up' || quotient % 2n === 1n;
}

/** The amount times an exact ratio, rounded once to the minor unit. */
export function multiply(a: Money, ratio: Ratio, rounding: Rounding = 'half-up'): Money {
  const result = divide(BigInt(a.amountMinor) * ratio.numerator, ratio.denominator, rounding);
  return money(Number(result), a.currency);
}

/**
 * Converts at `rate` = units of `to` per one unit of the amount's currency (major units), minding that
 * currencies differ in minor digits, rounded once.
 */
export function convert(a: Money, to: Currency, rate: Ratio, rounding: Rounding = 'half-up'): Money {
  if (a.currency === to) return a;
  const numerator = BigInt(a.amountMinor) * rate.numerator * 10n ** BigInt(minorDigits(to));
  const denominator = rate.denominator * 10n ** BigInt(minorDigits(a.currency));
  return money(Number(divide(numerator, denominator, rounding)), to);
}

/**
 * Splits the amount by weights without losing or making a minor unit: largest remainders first, ties to
 * the earlier share. Weights are non-negative integers with a positive sum.
 */
export function allocate(a: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  invariant(total > 0n, 'an allocation has a positive total weight', { weights });
  const sign = a.amountMinor < 0 ? -1n : 1n;
  const amount = BigInt(Math.abs(a.amountMinor));
  const shares = weights.map((weight, index) => {
    const exact = amount * BigInt(weight);
    return { index, floor: exact / total, remainder: exact % total };
  });
  let left = amount - shares.reduce((all, share) => all + share.floor, 0n);
  const byRemainder = [...shares].sort((x, y) =>
    x.remainder === y.remainder ? x.index - y.index : x.remainder > y.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.floor += 1n;
    left -= 1n;
  }
  return shares.map((share) => money(Number(sign * share.floor), a.currency));
}

/** `1234` EUR minor as `"12.34 EUR"`: for formulas, documents and logs, never for computing. */
export function formatMoney(a: Money): string {
  const digits = minorDigits(a.currency);
  const absolute = Math.abs(a.amountMinor)
    .toString()
    .padStart(digits + 1, '0');
  const whole = absolute.slice(0, absolute.length - digits);
  const fraction = digits === 0 ? '' : `.${absolute.slice(-digits)}`;
  return `${a.amountMinor < 0 ? '-' : ''}${whole}${fraction} ${a.currency}`;
}

/**
 * Reads a major-unit decimal such as `"12.3"` into minor units of the currency.
 * Gives undefined for anything that is not a plain decimal or has more digits than the currency.
 */
export function parseMajor(decimal: string, currency: Currency): Money | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(decimal);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (fraction.length > digits) return undefined;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return money(sign === '-' ? -amount : amount, currency);
}

/** The wire form. */
export function toJson(a: Money): MoneyJson {
  return { amount: a.amountMinor, currency: a.currency };
}

export function fromJson(json: MoneyJson): Money {
  return money(json.amount, json.currency);
}
