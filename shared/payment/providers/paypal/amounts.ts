import { type Currency, isCurrency, minorDigits } from '../../../kernel/currency.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { formatMoney, type Money, parseMajor } from '../../../kernel/money.ts';

/**
 * The currencies that every business account may take (developer.paypal.com/api/rest/reference/currency-codes). BRL,
 * CNY and MYR are for accounts of their country alone and are not offered.
 */
export const paypalCurrencies: readonly Currency[] = [
  ...(['AUD', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'ILS', 'JPY', 'MXN', 'NOK'] as const),
  ...(['NZD', 'PHP', 'PLN', 'SEK', 'SGD', 'THB', 'TWD', 'USD'] as const),
];

/** The currencies in which PayPal takes whole units alone, though ISO 4217 has two decimal places. */
export const wholeUnits = { HUF: 0, TWD: 0 } as const satisfies Partial<Record<Currency, number>>;

/** PayPal's form of an amount: a decimal text in major units. */
export interface PayPalAmount {
  readonly currency_code: string;
  readonly value: string;
}

/** An amount in PayPal's form. Throws for one that PayPal can't state exactly: such a payment is not offered. */
export function toPayPalAmount(amount: Money): PayPalAmount {
  const { currency } = amount;
  invariant(paypalCurrencies.includes(currency), 'a payment is in a currency that its provider offers', {
    currency,
  });
  const [decimal = ''] = formatMoney(amount).split(' ');
  if (!(currency in wholeUnits)) return { currency_code: currency, value: decimal };
  const [whole = '', fraction = ''] = decimal.split('.');
  invariant(/^0*$/.test(fraction), 'an amount has no more decimal places than its provider takes', {
    currency,
  });
  return { currency_code: currency, value: whole };
}

/** PayPal's amount in our units; undefined for a currency or a fraction that we could not have requested. */
export function fromPayPalAmount({ currency_code, value }: PayPalAmount): Money | undefined {
  if (!isCurrency(currency_code)) return undefined;
  // `5.00` of a currency without decimal places is 5.
  const digits = minorDigits(currency_code);
  return parseMajor(digits === 0 ? value.replace(/\.0+$/, '') : value, currency_code);
}
