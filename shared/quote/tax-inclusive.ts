import { divide, type Money, money, type Ratio, subtract } from '../kernel/money.ts';

export interface NetAndTax {
  readonly net: Money;
  readonly tax: Money;
}

/**
 * Takes the tax out of an amount that includes it: the net is rounded half up to the minor unit, the tax is the
 * rest, so that both together are the amount. `taxRate` is a share of the net: 19 % is 19/100.
 */
export function exclusiveOf(gross: Money, taxRate: Ratio): NetAndTax {
  const numerator = BigInt(gross.amountMinor) * taxRate.denominator;
  const net = divide(numerator, taxRate.denominator + taxRate.numerator, 'half-up');
  const netMoney = money(Number(net), gross.currency);
  return { net: netMoney, tax: subtract(gross, netMoney) };
}
