import type { LandedCost } from '../../events/landed-cost.ts';
import { defined } from '../kernel/defined.ts';
import { type OfferingProvider, type OffersQuery, offersFor, type PaymentChoice } from './offers.ts';
import type { PayerField } from './provider.ts';

export interface PaymentMethod {
  readonly method: string;
  readonly provider: string;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
  /** The shopper pays the carrier in cash. */
  readonly isCash?: true;
  /** When the money is captured, if at dispatch. */
  readonly captureAt?: 'dispatch' | 'last-dispatch';
  /** What the provider must know of the shopper. */
  readonly payerNeeds?: readonly PayerField[];
}

/** The methods that can pay, in the order of the market: the offers without a refusal. */
export function paymentMethods(
  registry: readonly OfferingProvider[],
  query: OffersQuery,
  choice?: PaymentChoice,
): PaymentMethod[] {
  return offersFor(registry, query, choice)
    .filter(({ refusal }) => refusal === undefined)
    .map(({ method, provider, reservationMs, isCash, captureAt, payerNeeds }) => ({
      ...{ method, provider, reservationMs },
      ...defined({ isCash, captureAt, payerNeeds }),
    }));
}

/** The method with that name, if it can pay the plan's total, at its destination and for its goods. */
export function methodFor(
  registry: readonly OfferingProvider[],
  method: string,
  { destination, totals, consignments }: LandedCost,
  { today, choice }: { readonly today: string; readonly choice?: PaymentChoice | undefined },
): PaymentMethod | undefined {
  const { amount, currency } = totals.total;
  const goods = consignments.flatMap(({ lines }) => lines.map(({ hsCode }) => hsCode));
  const query = { country: destination.country, currency, amountMinor: amount, goods, today };
  return paymentMethods(registry, query, choice).find((candidate) => candidate.method === method);
}
