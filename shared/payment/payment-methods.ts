import type { InstalmentPlan } from '../../events/instalments.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import type { FeeRule } from '../../events/payment-fee.ts';
import type { Currency } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import type { CaptureAt } from '../timeline/index.ts';
import { amountStep } from './amount-digits.ts';
import { type CashCarriers, noCashFor } from './cash/no-cash.ts';
import { type OfferingProvider, type OffersQuery, offersFor, type PaymentChoice } from './offers.ts';
import type { PayerField } from './payer-data.ts';

export interface PaymentMethod {
  readonly method: string;
  readonly provider: string;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
  /** The shopper pays the carrier in cash. */
  readonly isCash?: true;
  /** When the money is captured, if at dispatch or at the delivery. */
  readonly captureAt?: CaptureAt;
  /** What the provider must know of the shopper. */
  readonly payerNeeds?: readonly PayerField[];
  /** The instalments in which it can be paid, if the seller offers any. */
  readonly plans?: readonly InstalmentPlan[];
  /** What the provider is expected to keep of each capture, where terms or a list say it. */
  readonly feeRule?: FeeRule;
}

/** The methods that can pay, in the order of the market: the offers without a refusal. */
export function paymentMethods(
  registry: readonly OfferingProvider[],
  query: OffersQuery,
  choice?: PaymentChoice,
): PaymentMethod[] {
  return offersFor(registry, query, choice)
    .filter(({ refusal }) => refusal === undefined)
    .map(({ method, provider, reservationMs, isCash, captureAt, payerNeeds, plans, feeRule }) => ({
      ...{ method, provider, reservationMs },
      ...defined({ isCash, captureAt, payerNeeds, plans, feeRule }),
    }));
}

/**
 * The methods that can pay the plan's total, at its destination and for its goods, with some providers left out. Where
 * the seller chose one of these for a method, the next provider takes it. Cash on delivery is chosen with the order, or
 * not at all: its limits are checked there.
 */
export function methodsWithout(
  registry: readonly OfferingProvider[],
  landedCost: LandedCost,
  {
    today,
    choice = {},
    without,
  }: {
    readonly today: string;
    readonly choice?: PaymentChoice | undefined;
    readonly without: readonly string[];
  },
): PaymentMethod[] {
  const left = registry.filter(({ code }) => !without.includes(code));
  const chosen = Object.entries(choice.methods ?? {}).filter(([, provider]) => !without.includes(provider));
  return paymentMethods(left, queryOf(landedCost, today), { ...choice, methods: Object.fromEntries(chosen) });
}

/** Days after the payment in which a provider of the registry takes refunds of a method; undefined without a limit. */
export const refundWindowDaysIn =
  (registry: readonly OfferingProvider[]) =>
  (payment: { readonly provider: string; readonly method: string }): number | undefined =>
    registry
      .find(({ code }) => code === payment.provider)
      ?.methods.find(({ method }) => method === payment.method)?.refundWindowDays;

/** The step in which a provider of the registry takes amounts of a method, in minor units of the currency. */
export const refundStepIn =
  (registry: readonly OfferingProvider[]) =>
  (payment: { readonly provider: string; readonly method: string }, currency: Currency): number =>
    (registry.find(({ code }) => code === payment.provider)?.methods ?? [])
      .filter(({ method, currencies }) => method === payment.method && currencies.includes(currency))
      .reduce((step, offer) => Math.max(step, amountStep(offer, currency)), 1);

/** The method with that name, if it can pay the plan's total, at its destination, for its goods and by its lanes. */
export function methodFor(
  registry: readonly OfferingProvider[],
  method: string,
  landedCost: LandedCost,
  {
    today,
    choice,
    cashCarriers,
  }: {
    readonly today: string;
    readonly choice?: PaymentChoice | undefined;
    readonly cashCarriers: CashCarriers;
  },
): PaymentMethod | undefined {
  const noCash = noCashFor(landedCost, cashCarriers);
  const query = { ...queryOf(landedCost, today), ...defined({ noCash }) };
  return paymentMethods(registry, query, choice).find((candidate) => candidate.method === method);
}

function queryOf({ destination, totals, consignments }: LandedCost, today: string): OffersQuery {
  const { amount, currency } = totals.total;
  const goods = consignments.flatMap(({ lines }) => lines.map(({ hsCode }) => hsCode));
  const sentFrom = consignments.flatMap((each) => each.sentFrom ?? []).toSorted();
  return {
    ...{ country: destination.country, currency, amountMinor: amount, goods, today },
    ...defined({ sentFrom: sentFrom.at(-1)?.slice(0, 10) }),
  };
}
