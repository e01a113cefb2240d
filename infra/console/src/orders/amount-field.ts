/**
 * An amount that a person typed, with a point or a comma before its fraction, in minor units. Undefined if it is no
 * positive amount of that currency.
 */
export function amountOf<Currency extends string>(
  typed: string,
  currency: Currency,
): { readonly amount: number; readonly currency: Currency } | undefined {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const [, whole, fraction = ''] = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(typed.trim()) ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return amount > 0 ? { amount, currency } : undefined;
}
