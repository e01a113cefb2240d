import { type Currency, isCurrency, minorDigits } from '../../kernel/currency.ts';
import { invariant } from '../../kernel/invariant.ts';
import { divide, type Money, money } from '../../kernel/money.ts';
import type { WalletAmounts } from './wallet-data.ts';

const digitsOf = ({ digits }: WalletAmounts, currency: Currency): number =>
  digits?.[currency] ?? minorDigits(currency);

/** The amount in the wallet's form. Throws for a fraction of the wallet's smallest unit: no such amount is offered. */
export function toWalletAmount(form: WalletAmounts, { amountMinor, currency }: Money): number | string {
  const digits = digitsOf(form, currency);
  const units = rescale(amountMinor, minorDigits(currency), digits);
  invariant(units !== undefined, 'an amount has no more decimals than the wallet takes', { currency });
  if (form.as === 'integer') return units;
  if (form.as === 'integer-text' || digits === 0) return String(units);
  const text = String(units).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The wallet's amount as ours; undefined for a currency, a form or a fraction that we could not have asked for. */
export function fromWalletAmount(form: WalletAmounts, value: unknown, currency: unknown): Money | undefined {
  if (typeof currency !== 'string' || !isCurrency(currency)) return undefined;
  const digits = digitsOf(form, currency);
  const units = unitsOf(form, value, digits);
  const minor = units === undefined ? undefined : rescale(units, digits, minorDigits(currency));
  return minor === undefined ? undefined : money(minor, currency);
}

/** Whole units of `from` decimals as units of `to` decimals; undefined if a fraction remains or it is too large. */
function rescale(units: number, from: number, to: number): number | undefined {
  const step = 10n ** BigInt(Math.abs(to - from));
  if (to >= from) return safe(BigInt(units) * step);
  return BigInt(units) % step === 0n ? safe(divide(BigInt(units), step, 'down')) : undefined;
}

const safe = (value: bigint): number | undefined =>
  Number.isSafeInteger(Number(value)) ? Number(value) : undefined;

function unitsOf({ as }: WalletAmounts, value: unknown, digits: number): number | undefined {
  if (as === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (as === 'integer-text') return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  const match = /^(\d{1,13})(?:\.(\d+))?$/.exec(value);
  const [, whole = '0', fraction = ''] = match ?? [];
  return match === null || fraction.length > digits
    ? undefined
    : Number(whole + fraction.padEnd(digits, '0'));
}
