import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import {
  add,
  compare,
  formatMoney,
  fromJson,
  type Money,
  money,
  multiply,
  percent,
  type Ratio,
  times,
} from '../../kernel/money.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import { weightOf } from './import-case.ts';

type PerQuantity = Pick<Exclude<DutyRate, string>, 'perKg' | 'perUnit'>;

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

/**
 * The duty of a line at a rate: a percentage of the base, rounded once to the step; or a sum of parts, such as amounts
 * per kilogram or per unit, each rounded to the minor unit, and kept between a minimum and a maximum. If the step
 * rounds down, no part is rounded up before. Undefined if an amount is in another currency than the base.
 */
export function amountAt(
  rate: DutyRate,
  base: Money,
  line: ConsignmentLine,
  step?: RoundingStep,
): Money | undefined {
  if (typeof rate === 'string') return multiplyTo(base, ratioOfPercent(rate), step);
  const percentage = multiply(base, ratioOfPercent(rate.percent ?? '0'), step?.direction);
  const parts = perQuantity(rate, base, line);
  const least = rate.least === undefined ? undefined : perQuantity(rate.least, base, line);
  const most = rate.most === undefined ? undefined : perQuantity(rate.most, base, line);
  if (parts === 'other-currency' || least === 'other-currency' || most === 'other-currency') return undefined;
  const whole = parts === undefined ? percentage : add(percentage, parts);
  const atLeast = least !== undefined && compare(whole, least) < 0 ? least : whole;
  const held = most !== undefined && compare(atLeast, most) > 0 ? most : atLeast;
  return multiplyTo(held, { numerator: 1n, denominator: 1n }, step);
}

function perQuantity(
  { perKg, perUnit }: PerQuantity,
  { currency }: Money,
  line: ConsignmentLine,
): Money | undefined | 'other-currency' {
  const amounts: Money[] = [];
  if (perKg !== undefined)
    amounts.push(multiply(fromJson(perKg), { numerator: BigInt(weightOf(line)), denominator: 1000n }));
  if (perUnit !== undefined) amounts.push(times(fromJson(perUnit), line.quantity));
  if (amounts.some((amount) => amount.currency !== currency)) return 'other-currency';
  const [first, ...rest] = amounts;
  return first === undefined ? undefined : rest.reduce(add, first);
}

/** The amount rounded down to a multiple of the step, in minor units. */
export function roundedDown({ amountMinor, currency }: Money, step: number): Money {
  return money(amountMinor - (amountMinor % step), currency);
}

/** The rate in words: `12 %`, `4.5 % + 0.30 EUR/unit, at most 0.80 EUR/unit`. */
export function rateText(rate: DutyRate): string {
  if (typeof rate === 'string') return `${rate} %`;
  const own = [...(rate.percent === undefined ? [] : [`${rate.percent} %`]), ...perQuantityText(rate)];
  const bounds = [
    ...(rate.least === undefined ? [] : [`at least ${perQuantityText(rate.least).join(' + ')}`]),
    ...(rate.most === undefined ? [] : [`at most ${perQuantityText(rate.most).join(' + ')}`]),
  ];
  return [own.join(' + '), ...bounds].filter((part) => part !== '').join(', ');
}

const perQuantityText = ({ perKg, perUnit }: PerQuantity) => [
  ...(perKg === undefined ? [] : [`${formatMoney(fromJson(perKg))}/kg`]),
  ...(perUnit === undefined ? [] : [`${formatMoney(fromJson(perUnit))}/unit`]),
];
