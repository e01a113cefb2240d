import type { Currency } from '../../kernel/currency.ts';
import {
  add,
  divide,
  type Money,
  multiply,
  percent,
  type Ratio,
  subtract,
  sum,
  zero,
} from '../../kernel/money.ts';

/** What the units of a product in a market brought and cost, in the currency of the report. */
export interface UnitSums {
  readonly units: number;
  /** Units whose costs are all known: the amounts are of these alone. */
  readonly known: number;
  readonly amounts: UnitAmounts;
}

const UNIT_AMOUNTS = [
  'price',
  'shipping',
  'paid',
  'purchase',
  'firstLeg',
  'freight',
  'refunds',
  'absorbed',
] as const;

/** `paid` is what the shopper paid to the seller in all, with duty, tax and fees. */
export type UnitAmounts = Readonly<Record<(typeof UNIT_AMOUNTS)[number], Money>>;

export const noUnits = (currency: Currency): UnitSums => ({
  ...{ units: 0, known: 0 },
  amounts: Object.fromEntries(UNIT_AMOUNTS.map((name) => [name, zero(currency)])) as UnitAmounts,
});

export const addUnits = (a: UnitSums, b: UnitSums): UnitSums => ({
  ...{ units: a.units + b.units, known: a.known + b.known },
  amounts: Object.fromEntries(
    UNIT_AMOUNTS.map((name) => [name, add(a.amounts[name], b.amounts[name])]),
  ) as UnitAmounts,
});

interface Margin {
  readonly fee: Money | null;
  /** Null where no unit has known costs. */
  readonly contribution: Money | null;
  readonly margin: number | null;
}

/** The contribution of units, and its part of the revenue. `fee` is the provider's percentage; undefined: not known. */
export function marginOf({ known, amounts }: UnitSums, fee: string | undefined): Margin {
  const { price, shipping, paid, purchase, firstLeg, freight, refunds, absorbed } = amounts;
  if (known === 0) return { fee: null, contribution: null, margin: null };
  const { currency } = price;
  const taken = fee === undefined ? undefined : multiply(paid, percent(fee));
  const costs = [purchase, firstLeg, freight, refunds, absorbed, taken ?? zero(currency)];
  const contribution = subtract(add(price, shipping), sum(costs, currency));
  const revenue = subtract(add(price, shipping), refunds);
  return { fee: taken ?? null, contribution, margin: partOf(contribution, revenue) };
}

/** A part of an amount to four decimals, half up; null where the amount is not above zero. */
function partOf(part: Money, whole: Money): number | null {
  if (whole.amountMinor <= 0) return null;
  return Number(divide(BigInt(part.amountMinor) * 10_000n, BigInt(whole.amountMinor), 'half-up')) / 10_000;
}

/**
 * The same units at prices that are changed by a percentage. Duty, tax and fees change in the same proportion, and
 * refunds in that of price and shipping together.
 */
export function atOtherPrice({ amounts, ...units }: UnitSums, priceChange: string): UnitSums {
  const { price, shipping, paid, refunds, absorbed } = amounts;
  const factor = plusOne(percent(priceChange));
  const [before, otherPrice] = [add(price, shipping), multiply(price, factor)];
  const after = add(otherPrice, shipping);
  const refunded: Ratio =
    before.amountMinor > 0
      ? { numerator: BigInt(after.amountMinor), denominator: BigInt(before.amountMinor) }
      : { numerator: 1n, denominator: 1n };
  return {
    ...units,
    amounts: {
      ...amounts,
      price: otherPrice,
      paid: add(shipping, multiply(subtract(paid, shipping), factor)),
      refunds: multiply(refunds, refunded),
      absorbed: multiply(absorbed, factor),
    },
  };
}

const plusOne = ({ numerator, denominator }: Ratio): Ratio => ({
  numerator: numerator + denominator,
  denominator,
});

/** The mean of an amount over units, half up. */
export const perUnit = (amount: Money, units: number): Money =>
  multiply(amount, { numerator: 1n, denominator: BigInt(units) });
