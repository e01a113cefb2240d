import { type Currency, currencies } from '../../../../shared/kernel/currency.ts';
import {
  add,
  formatMoney,
  fromJson,
  type Money,
  type MoneyJson,
  times,
} from '../../../../shared/kernel/money.ts';

/** The value of units at a price, in whole minor units; undefined without a price. */
export const valueAt = (units: number, unitPrice: MoneyJson | undefined): Money | undefined =>
  unitPrice === undefined ? undefined : times(fromJson(unitPrice), units);

/** The amount as text, or nothing. */
export const moneyText = (amount: Money | MoneyJson | undefined): string => {
  if (amount === undefined) return '';
  return formatMoney('amountMinor' in amount ? amount : fromJson(amount));
};

/** Sums by currency, as one text: `120.00 EUR, 3000 JPY`. Empty where there is no amount. */
export function sumText(amounts: readonly (Money | undefined)[]): string {
  const sums = new Map<Currency, Money>();
  for (const amount of amounts)
    if (amount !== undefined) {
      const before = sums.get(amount.currency);
      sums.set(amount.currency, before === undefined ? amount : add(before, amount));
    }
  return currencies
    .flatMap((currency) => sums.get(currency) ?? [])
    .map(formatMoney)
    .join(', ');
}

/** The most valuable first; lines without a price last. Values of several currencies are compared by their digits. */
export const byValue = (
  a: { readonly value: Money | undefined },
  b: { readonly value: Money | undefined },
): number => (b.value?.amountMinor ?? -1) - (a.value?.amountMinor ?? -1);
