import type { FeeRule } from '../../events/payment-fee.ts';
import type { PaymentTerms } from '../catalogue/index.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { PublishedFees } from './list-fee.ts';

interface FeeQuery {
  readonly country: Country;
  readonly currency: Currency;
  readonly today: CalendarDate;
}

/** The rule, and for one of a list where that stands. */
export interface FoundFee {
  readonly rule: FeeRule;
  readonly source?: string;
}

/**
 * What the provider keeps of a payment by the method there on that day: by the first terms of the merchant that say it,
 * otherwise by the first row of what the provider publishes. `terms` are those of this provider and method. Undefined
 * where neither says it.
 */
export function feeRuleOf(
  { provider, method }: { readonly provider: string; readonly method: string },
  query: FeeQuery,
  terms: readonly PaymentTerms[],
  published: PublishedFees | undefined,
): FoundFee | undefined {
  return agreed(terms, query) ?? listed({ provider, method }, query, published);
}

const holdsOn = (
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
  today: CalendarDate,
): boolean => (from === undefined || from <= today) && (until === undefined || today <= until);

function agreed(
  terms: readonly PaymentTerms[],
  { country, currency, today }: FeeQuery,
): FoundFee | undefined {
  const found = terms.find(
    ({ countries, fee }) =>
      fee !== undefined &&
      (countries?.includes(country) ?? true) &&
      (fee.currencies?.includes(currency) ?? true) &&
      holdsOn(fee, today),
  )?.fee;
  if (found === undefined) return undefined;
  const fixed = found.fixed?.find((one) => one.currency === currency);
  return { rule: { percent: found.percent, ...(fixed === undefined ? {} : { fixed }), by: 'terms' } };
}

function listed(
  { provider, method }: { readonly provider: string; readonly method: string },
  { country, currency, today }: FeeQuery,
  published: PublishedFees | undefined,
): FoundFee | undefined {
  const { lists = {}, sellerIn } = published ?? {};
  if (sellerIn === undefined) return undefined;
  const row = (lists[provider] ?? []).find(
    (one) =>
      (one.methods?.includes(method) ?? true) &&
      one.sellerIn.includes(sellerIn) &&
      (one.countries?.includes(country) ?? true) &&
      one.fixedMinor[currency] !== undefined &&
      holdsOn(one, today),
  );
  if (row === undefined) return undefined;
  const amount = row.fixedMinor[currency] ?? 0;
  const fixed = amount === 0 ? {} : { fixed: { amount, currency } };
  return { rule: { percent: row.percent, ...fixed, by: 'list' }, source: row.source };
}
