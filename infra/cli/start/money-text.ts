import {
  add as addMoney,
  formatMoney,
  fromJson,
  type MoneyJson,
  toJson,
} from '../../../shared/kernel/money.ts';

/** An amount in the form of the API. */
export type Money = MoneyJson;

/** The amount with its currency: `12.30 EUR`, `1200 JPY`. */
export function moneyText(amount: Money): string {
  return formatMoney(fromJson(amount));
}

/** The amount of {@link moneyText} without its currency. */
export function amountText(amount: Money): string {
  return moneyText(amount).split(' ')[0] ?? '';
}

/** The sum of two amounts of one currency. */
export function add(a: Money, b: Money): Money {
  return toJson(addMoney(fromJson(a), fromJson(b)));
}
