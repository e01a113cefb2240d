import type { Schema } from '../api/client.ts';

/** An amount in the words of the reader's language. */
export function money({ amount, currency }: Schema<'Money'>): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** An instant in the reader's time zone. */
export const moment = (instant: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));

/** A code such as `customs-hold` or `parcel.booked`, as words. */
export function words(code: string): string {
  const text = code.replaceAll(/[-._:]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
