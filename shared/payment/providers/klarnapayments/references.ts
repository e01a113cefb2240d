import { type Currency, isCurrency } from '../../../kernel/currency.ts';
import { type Money, money } from '../../../kernel/money.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import { type Region, regions } from './offered-methods.ts';

/** A session of the hosted page says neither its region nor what it asks for: our reference of it does. */
interface SessionReference {
  readonly region: Region;
  readonly amount: Money;
  readonly sessionId: string;
}

export const referenceOf = ({ region, amount, sessionId }: SessionReference): string =>
  `${region}-${amount.amountMinor}-${amount.currency}-${sessionId}`;

export function readReference(reference: string): SessionReference {
  const [, region = '', minor = '', currency = '', sessionId = ''] =
    /^([a-z]{2})-(\d{1,15})-([A-Z]{3})-(.+)$/.exec(reference) ?? [];
  const known = regions.find((one) => one === region);
  if (known === undefined || !isCurrency(currency))
    throw new PartnerRefused('klarnapayments', 404, 'a reference of another provider');
  return { region: known, amount: money(Number(minor), currency as Currency), sessionId };
}
