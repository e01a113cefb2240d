import type { Address } from '../../kernel/address.ts';
import { formatMoney, fromJson, type MoneyJson } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';

/** A part of the pack: pairs of a name and a value, a table, or both, and a sentence. */
export interface PackSection {
  readonly heading: string;
  readonly pairs?: readonly (readonly [name: string, value: string])[];
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly note?: string;
}

export const amountText = (amount: MoneyJson): string => formatMoney(fromJson(amount));
/** `2026-11-23 10:00 UTC`. */
export const timeText = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** The address in one line. */
export function addressText(address: Address): string {
  const { name, company, line1, line2, city, region, postalCode, country } = address;
  return [name, company, line1, line2, [postalCode, city].filter(Boolean).join(' '), region, country]
    .filter(Boolean)
    .join(', ');
}
