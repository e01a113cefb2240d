import { type Money, money } from '../../kernel/money.ts';

/**
 * An amount times an expected number, such as 12.7 units or 0.3 of a year, rounded once to the minor unit. The number
 * must be finite.
 */
export function expectedMoney(each: Money, expected: number): Money {
  return money(Math.round(each.amountMinor * expected), each.currency);
}
