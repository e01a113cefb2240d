import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import { type Currency, minorDigits } from '../../kernel/currency.ts';
import {
  divide,
  formatMoney,
  fromJson,
  type Money,
  money,
  multiply,
  percent,
  type Ratio,
  ratioOf,
  times,
} from '../../kernel/money.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import { weightOf } from './import-case.ts';
import { missingMeasure, quantityIn, unitText } from './quantity.ts';

/** A rate or a limit that is a sum of parts. */
type SumOfParts = Exclude<DutyRate, string>;

const ratios = new Map<string, Ratio>();

/** A percentage as a ratio; parsed once. */
export function ratioOfPercent(rate: string): Ratio {
  const known = ratios.get(rate);
  if (known !== undefined) return known;
  const ratio = percent(rate);
  ratios.set(rate, ratio);
  return ratio;
}

/**
 * The step that an amount of duty or tax is rounded to, and the direction: whole pesos are steps of 100 centavos, half
 * up.
 */
export interface RoundingStep {
  readonly minorUnits: number;
  readonly direction: 'half-up' | 'down' | 'up';
}

/** A share of an amount, rounded once: to the step, or half up to the minor unit without one. */
export function multiplyTo(base: Money, ratio: Ratio, step?: RoundingStep): Money {
  if (step === undefined) return multiply(base, ratio);
  const { minorUnits, direction } = step;
  const inSteps = { numerator: ratio.numerator, denominator: ratio.denominator * BigInt(minorUnits) };
  return times(multiply(base, inSteps, direction), minorUnits);
}

/** Converts an amount to the currency of the base. Throws where there is no rate. */
type Convert = (amount: Money, to: Currency) => Money;

interface HowComputed {
  readonly step?: RoundingStep | undefined;
  readonly convert?: Convert | undefined;
}

/**
 * The duty of a line at a rate: a percentage of the base; or a sum of parts, such as amounts per kilogram or per pair,
 * between a minimum and a maximum. The sum is exact and rounded once: to the step, or half up to the minor unit without
 * one. Undefined if the product does not state what the rate counts by, or if an amount is in another currency than the
 * base and nothing is given that converts it.
 */
export function amountAt(
  rate: DutyRate,
  base: Money,
  line: ConsignmentLine,
  { step, convert }: HowComputed = {},
): Money | undefined {
  if (typeof rate === 'string') return multiplyTo(base, ratioOfPercent(rate), step);
  const { least, most } = rate;
  const own = sumOf(rate, base, line, convert);
  const floor = least === undefined ? own : sumOf(least, base, line, convert);
  const ceiling = most === undefined ? own : sumOf(most, base, line, convert);
  if (own === undefined || floor === undefined || ceiling === undefined) return undefined;
  const atLeast = least !== undefined && isLess(own, floor) ? floor : own;
  const held = most !== undefined && isLess(ceiling, atLeast) ? ceiling : atLeast;
  const { minorUnits, direction } = step ?? { minorUnits: 1, direction: 'half-up' };
  const steps = divide(held.numerator, held.denominator * BigInt(minorUnits), direction);
  return times(money(Number(steps), base.currency), minorUnits);
}

const isLess = (a: Ratio, b: Ratio) => a.numerator * b.denominator < b.numerator * a.denominator;

/** The exact sum of the parts in minor units of the base's currency. */
function sumOf(
  { percent: ofValue = '0', perKg, perUnit, specific = [] }: SumOfParts,
  base: Money,
  line: ConsignmentLine,
  convert: Convert | undefined,
): Ratio | undefined {
  const value = ratioOfPercent(ofValue);
  let sum: Ratio = {
    numerator: BigInt(base.amountMinor) * value.numerator,
    denominator: value.denominator,
  };
  const amounts = [
    ...(perKg === undefined ? [] : [perWeight(perKg, weightOf(line))]),
    ...(perUnit === undefined ? [] : [perWeight(perUnit, line.quantity * GRAMS)]),
    ...specific.map((part) => specificOf(part, line)),
  ];
  for (const amount of amounts) {
    const own = amount === undefined ? undefined : inCurrency(amount, base.currency, convert);
    if (own === undefined) return undefined;
    sum = plus(sum, own);
  }
  return sum;
}

const plus = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

const GRAMS = 1_000;

/** An exact amount in minor units of its currency. */
interface ExactAmount extends Ratio {
  readonly currency: Currency;
}

const perWeight = (
  { amount, currency }: NonNullable<SumOfParts['perKg']>,
  thousandths: number,
): ExactAmount => ({
  numerator: BigInt(amount) * BigInt(thousandths),
  denominator: BigInt(GRAMS),
  currency,
});

type Specific = NonNullable<SumOfParts['specific']>[number];

function specificOf(
  { minor, currency, per, unit }: Specific,
  line: ConsignmentLine,
): ExactAmount | undefined {
  const quantity = quantityIn(unit, line)?.of;
  if (quantity === undefined) return undefined;
  const each = ratioOf(minor);
  return {
    numerator: each.numerator * quantity.numerator,
    denominator: each.denominator * quantity.denominator * BigInt(per),
    currency,
  };
}

/** Conversions round to the minor unit: four more places are converted, so that the sum is rounded once. */
const PLACES = 10_000n;

function inCurrency(amount: ExactAmount, to: Currency, convert: Convert | undefined): Ratio | undefined {
  if (amount.currency === to) return amount;
  if (convert === undefined) return undefined;
  const finer = divide(amount.numerator * PLACES, amount.denominator, 'half-up');
  const converted = convert(money(Number(finer), amount.currency), to);
  return { numerator: BigInt(converted.amountMinor), denominator: PLACES };
}

/** All amounts for a quantity in a rate and in its limits. */
function specificsOf(rate: DutyRate): readonly Specific[] {
  if (typeof rate === 'string') return [];
  return [rate, rate.least, rate.most].flatMap((part) => part?.specific ?? []);
}

/** What was assumed about the quantities of a line to compute the rate, each once. */
export function assumptionsAt(rate: DutyRate, line: ConsignmentLine): string[] {
  const assumed = specificsOf(rate).flatMap(({ unit }) => quantityIn(unit, line)?.assumption ?? []);
  return [...new Set(assumed)];
}

/** Why {@link amountAt} is undefined, in words: the measure that the product lacks, or else the currency. */
export function whyNoAmount(rate: DutyRate, line: ConsignmentLine): string {
  const part = specificsOf(rate).find(({ unit }) => quantityIn(unit, line) === undefined);
  return part === undefined
    ? 'is in another currency than the value'
    : `is by ${unitText(part.unit, 1)}; the product says no ${missingMeasure(part.unit)}`;
}

/** The amount rounded down to a multiple of the step, in minor units. */
export function roundedDown({ amountMinor, currency }: Money, step: number): Money {
  return money(amountMinor - (amountMinor % step), currency);
}

const texts = new WeakMap<SumOfParts, string>();

/** The rate in words: `12 %`, `4.5 % + 0.30 EUR/unit, at most 0.80 EUR/unit`, `30 %, at least 5.00 ZAR/2 piece`. */
export function rateText(rate: DutyRate): string {
  if (typeof rate === 'string') return `${rate} %`;
  const known = texts.get(rate);
  if (known !== undefined) return known;
  const bounds = [
    ...(rate.least === undefined ? [] : [`at least ${partsText(rate.least)}`]),
    ...(rate.most === undefined ? [] : [`at most ${partsText(rate.most)}`]),
  ];
  const text = [partsText(rate), ...bounds].filter((part) => part !== '').join(', ');
  texts.set(rate, text);
  return text;
}

const partsText = ({ percent, perKg, perUnit, specific = [] }: SumOfParts) =>
  [
    ...(percent === undefined ? [] : [`${percent} %`]),
    ...(perKg === undefined ? [] : [`${formatMoney(fromJson(perKg))}/kg`]),
    ...(perUnit === undefined ? [] : [`${formatMoney(fromJson(perUnit))}/unit`]),
    ...specific.map(
      ({ minor, currency, per, unit }) => `${inMajor(minor, currency)} ${currency}/${unitText(unit, per)}`,
    ),
  ].join(' + ');

/** Minor units as a decimal of the currency, with at least its own places: `0.9` cents are `0.009`. */
function inMajor(minor: string, currency: Currency): string {
  const [whole = '0', fraction = ''] = minor.split('.');
  const places = minorDigits(currency);
  const digits = whole.padStart(places + 1, '0');
  const major = digits.slice(0, digits.length - places);
  const below = digits.slice(digits.length - places) + fraction.replace(/0+$/, '');
  return below === '' ? major : `${major}.${below}`;
}
