import type { LandedCost } from '../../events/landed-cost.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { OfferedMethod } from './provider.ts';

export interface PaymentMethod {
  readonly method: string;
  readonly provider: string;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
}

export interface MethodsQuery {
  readonly country: Country;
  readonly currency: Currency;
  readonly amountMinor: number;
}

type Registry = readonly { readonly code: string; readonly methods: readonly OfferedMethod[] }[];

/**
 * The methods on offer there, in order: first those of the country, then those offered everywhere, each in the order of
 * the registry. If two providers offer a method, the first one has it. For a zero amount, or one below a provider's
 * minimum, nothing is offered.
 */
export function paymentMethods(
  registry: Registry,
  { country, currency, amountMinor }: MethodsQuery,
): PaymentMethod[] {
  if (amountMinor <= 0) return [];
  const offered = registry.flatMap(({ code, methods }) =>
    methods
      .filter(({ currencies, countries }) => currencies.includes(currency) && isIn(country, countries))
      .filter(({ minAmountMinor }) => amountMinor >= (minAmountMinor?.[currency] ?? 1))
      .map(({ method, reservationMs, countries }) => ({
        method,
        provider: code,
        reservationMs,
        isLocal: countries !== undefined,
      })),
  );
  const ordered = [...offered.filter(({ isLocal }) => isLocal), ...offered.filter(({ isLocal }) => !isLocal)];
  return ordered
    .filter(({ method }, index) => ordered.findIndex((other) => other.method === method) === index)
    .map(({ method, provider, reservationMs }) => ({ method, provider, reservationMs }));
}

/** The method with that name, if it is offered for the plan's total at its destination. */
export function methodFor(
  registry: Registry,
  method: string,
  { destination, totals }: LandedCost,
): PaymentMethod | undefined {
  const { amount, currency } = totals.total;
  const offered = paymentMethods(registry, { country: destination.country, currency, amountMinor: amount });
  return offered.find((candidate) => candidate.method === method);
}

function isIn(country: Country, countries: readonly Country[] | undefined): boolean {
  return countries === undefined || countries.includes(country);
}
