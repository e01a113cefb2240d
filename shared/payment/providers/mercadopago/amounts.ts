import { isCurrency, minorDigits } from '../../../kernel/currency.ts';
import { type Money, money } from '../../../kernel/money.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';

/** The amount as a number of whole units: 49.9 for 49.90 BRL. Mercado Pago takes the digits of ISO 4217 of BRL and MXN. */
export function toUnits({ amountMinor, currency }: Money): number {
  return amountMinor / 10 ** minorDigits(currency);
}

/** The amount of a number of units. Throws PartnerUnavailable for a part of a minor unit or an unknown currency. */
export function fromUnits(units: number, currencyId: string): Money {
  if (!isCurrency(currencyId))
    throw new PartnerUnavailable('mercadopago', `answered with the currency ${currencyId}`);
  const exact = units * 10 ** minorDigits(currencyId);
  const amountMinor = Math.round(exact);
  // A number such as 19.99 has no exact binary form. So the difference is tiny, and not zero.
  if (Math.abs(exact - amountMinor) > 1e-6)
    throw new PartnerUnavailable('mercadopago', `answered with a part of a minor unit of ${currencyId}`);
  return money(amountMinor, currencyId);
}
