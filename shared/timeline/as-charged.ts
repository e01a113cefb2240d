import type { LandedCost } from '../../events/landed-cost.ts';
import { type Currency, currencySchema } from '../kernel/currency.ts';
import { invariant } from '../kernel/invariant.ts';
import { convert, inverse, type Money, type Ratio, ratioOf } from '../kernel/money.ts';

/** An amount of a rule's currency in the order's, at the order's locked rate, half up. */
export function asCharged(
  { currency, exchangeRates }: Pick<LandedCost, 'currency' | 'exchangeRates'>,
  amount: Money,
): Money {
  if (amount.currency === currency) return amount;
  const perBase = (of: Currency): Ratio => {
    const rate = of === exchangeRates?.base ? '1' : exchangeRates?.used[currencySchema.parse(of)];
    invariant(rate !== undefined, 'an order keeps the rates that its charges were converted at', { of });
    return ratioOf(rate);
  };
  const [from, to] = [inverse(perBase(amount.currency)), perBase(currency)];
  return convert(amount, currency, {
    numerator: to.numerator * from.numerator,
    denominator: to.denominator * from.denominator,
  });
}
