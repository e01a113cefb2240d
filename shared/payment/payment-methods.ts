import type { LandedCost } from '../../events/landed-cost.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import { nothingToCollect } from './nothing-to-collect.ts';
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

interface OfferingProvider {
  readonly code: string;
  readonly methods: readonly OfferedMethod[];
}

/** The seller's choice of providers: in which order they offer, and which one serves a method whatever the order. */
export interface PaymentChoice {
  readonly providers?: readonly string[] | undefined;
  readonly methods?: Readonly<Record<string, string>> | undefined;
}

/**
 * The methods on offer there, in order: first those of the country, then those offered everywhere, each in the order
 * of the seller's choice, or of the registry if nothing is chosen. If two providers offer a method, the chosen one
 * has it, otherwise the first one. Below a provider's minimum its methods are not offered. For a zero amount there is
 * one method: {@link nothingToCollect}.
 */
export function paymentMethods(
  registry: readonly OfferingProvider[],
  { country, currency, amountMinor }: MethodsQuery,
  choice: PaymentChoice = {},
): PaymentMethod[] {
  if (amountMinor === 0) return [nothingToCollect];
  if (amountMinor < 0) return [];
  const offered = inOrder(registry, choice.providers).flatMap(({ code, methods }) =>
    methods
      .filter(({ method }) => (choice.methods?.[method] ?? code) === code)
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

/** The providers that are chosen, in their order; all of the registry when nothing is chosen. */
function inOrder(registry: readonly OfferingProvider[], order: readonly string[] | undefined) {
  if (order === undefined) return registry;
  return order.flatMap((code) => registry.filter((provider) => provider.code === code));
}

/** The method with that name, if it is offered for the plan's total at its destination. */
export function methodFor(
  registry: readonly OfferingProvider[],
  method: string,
  { destination, totals }: LandedCost,
  choice?: PaymentChoice,
): PaymentMethod | undefined {
  const { amount, currency } = totals.total;
  const query = { country: destination.country, currency, amountMinor: amount };
  const offered = paymentMethods(registry, query, choice);
  return offered.find((candidate) => candidate.method === method);
}

function isIn(country: Country, countries: readonly Country[] | undefined): boolean {
  return countries === undefined || countries.includes(country);
}
