import { isCurrency } from '../kernel/currency.ts';
import { formatMoney, type Money, parseMajor } from '../kernel/money.ts';
import { PartnerUnavailable } from './send.ts';

/** The amount as a number of whole units of its currency: 49.9 for 49.90 BRL. For a partner that takes JSON numbers. */
export function toMajorUnits(amount: Money): number {
  const [decimal = ''] = formatMoney(amount).split(' ');
  return Number(decimal);
}

/** The amount of a partner's number of units. Throws PartnerUnavailable for a part of a minor unit. */
export function fromMajorUnits(partner: string, units: number, currency: string): Money {
  const read = isCurrency(currency) ? parseMajor(String(units), currency) : undefined;
  if (read === undefined) throw new PartnerUnavailable(partner, `answered with an amount in ${currency}`);
  return read;
}
