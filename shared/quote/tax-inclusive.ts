import { allocate, divide, type Money, money, multiply, type Ratio, subtract, sum } from '../kernel/money.ts';

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

/**
 * The same for the lines of a basket that share a rate: the tax is taken out of their sum once, and the net is
 * shared out by the lines' amounts, largest remainders first. Every line's net and tax add up to the line, and
 * the lines' nets to the net of the sum. Throws when all lines are zero.
 */
export function exclusiveOfLines(lines: readonly Money[], taxRate: Ratio): NetAndTax[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { net } = exclusiveOf(sum(lines, first.currency), taxRate);
  const nets = allocate(
    net,
    lines.map(({ amountMinor }) => amountMinor),
  );
  return lines.map((line, index) => {
    const own = nets[index] ?? line;
    return { net: own, tax: subtract(line, own) };
  });
}

/** The amount with its tax, rounded half up to the minor unit. */
export function inclusiveOf(net: Money, taxRate: Ratio): NetAndTax & { readonly gross: Money } {
  const tax = multiply(net, taxRate);
  return { net, tax, gross: money(net.amountMinor + tax.amountMinor, net.currency) };
}
