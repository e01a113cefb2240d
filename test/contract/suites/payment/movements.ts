import { type Currency, isCurrency, minorDigits } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type { Movement } from '../payment-contract.ts';

/** A movement of an amount of the provider, with that many decimal places; those of ISO 4217 if absent. */
export function movement(
  kind: Movement['kind'],
  amount: number,
  currency: string,
  digits: (currency: Currency) => number = minorDigits,
): Movement {
  const code = currency.toUpperCase();
  if (!isCurrency(code)) throw new Error(`${currency} is not a currency`);
  return { kind, amount: money(Math.round(amount * 10 ** (minorDigits(code) - digits(code))), code) };
}
