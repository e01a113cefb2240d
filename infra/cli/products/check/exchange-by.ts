import type { Currency } from '../../../../shared/kernel/currency.ts';
import { convert, type Money, ratioOf } from '../../../../shared/kernel/money.ts';
import { NoRate } from '../../../../shared/quote/quote-rates.ts';

/** Units of currencies for one euro. */
export type Rates = Readonly<Partial<Record<Currency, string>>>;

/** Converts half up, by units for one euro. Throws {@link NoRate}. */
export function exchangeBy(rates: Rates) {
  const unitsOf = (currency: Currency) => {
    const units = rates[currency];
    if (units === undefined)
      throw new NoRate('unsupported-currency', `no exchange rate of ${currency} is known`);
    return ratioOf(units);
  };
  return (amount: Money, to: Currency): Money => {
    if (amount.currency === to) return amount;
    const [own, wanted] = [unitsOf(amount.currency), unitsOf(to)];
    return convert(amount, to, {
      numerator: wanted.numerator * own.denominator,
      denominator: wanted.denominator * own.numerator,
    });
  };
}
