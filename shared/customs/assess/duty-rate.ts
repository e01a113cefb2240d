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
import type { DutyRate } from '../rules/schema.ts';
import { weightOf } from './import-case.ts';

type PerQuantity = Pick<Exclude<DutyRate, string>, 'perKg' | 'perUnit'>;

const ratios = new Map<string, Ratio>();

/** A percentage as a ratio; each is read once. */
export function ratioOfPercent(rate: string): Ratio {
  const known = ratios.get(rate);
  if (known !== undefined) return known;
  const ratio = percent(rate);
  ratios.set(rate, ratio);
  return ratio;
}

/**
 * The duty of a line at a rate, rounded half up unless it says otherwise, a part at a time: a percentage of the base, amounts a kilogram or
 * a unit, held between a least and a most. Undefined where an amount is in another currency than the base.
 */
export function amountAt(
  rate: DutyRate,
  base: Money,
  line: ConsignmentLine,
  rounding: 'half-up' | 'down' = 'half-up',
): Money | undefined {
  if (typeof rate === 'string') return multiply(base, ratioOfPercent(rate), rounding);
  const percentage = multiply(base, ratioOfPercent(rate.percent ?? '0'), rounding);
  const parts = perQuantity(rate, base, line);
  const least = rate.least === undefined ? undefined : perQuantity(rate.least, base, line);
  const most = rate.most === undefined ? undefined : perQuantity(rate.most, base, line);
  if (parts === 'other-currency' || least === 'other-currency' || most === 'other-currency') return undefined;
  const whole = parts === undefined ? percentage : add(percentage, parts);
  const atLeast = least !== undefined && compare(whole, least) < 0 ? least : whole;
  return most !== undefined && compare(atLeast, most) > 0 ? most : atLeast;
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

/** The amount rounded down to a whole number of steps, each of so many minor units. */
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
