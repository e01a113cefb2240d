import type { Fact, NewFact } from '../../events/all-events.ts';
import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { ParcelOutcome } from '../../events/parcel.ts';
import type { Currency } from '../kernel/currency.ts';
import { fromJson, type Money, type MoneyJson, money, sum } from '../kernel/money.ts';
import type { Decided } from './timeline.ts';
import { takenOf } from './withdrawn.ts';

/** The parcels that a person has closed, with their outcome. */
export function closedParcels(facts: readonly Fact[]): ReadonlyMap<string, ParcelOutcome> {
  return new Map(
    facts.flatMap((fact) =>
      fact.name === 'parcel.closed' ? [[fact.data.parcelId, fact.data.outcome] as const] : [],
    ),
  );
}

/** The parcels that were handed over to a carrier, also those that came back or were lost. */
export function parcelsThatLeft(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(facts.flatMap((fact) => (fact.name === 'parcel.dispatched' ? [fact.data.parcelId] : [])));
}

/** The parcels that are still to be handed over: not left, and not closed. */
export function parcelsToGo(facts: readonly Fact[]): string[] {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') return [];
  const left = parcelsThatLeft(facts);
  const closed = closedParcels(facts);
  return placed.data.parcels
    .map(({ parcelId }) => parcelId)
    .filter((parcelId) => !left.has(parcelId) && !closed.has(parcelId));
}

/** Whether a warehouse has a dispatch order for the parcel that was neither carried out nor cancelled. */
export function isAtWarehouse(facts: readonly Fact[], parcelId: string): boolean {
  if (parcelsThatLeft(facts).has(parcelId)) return false;
  const open = new Set<string>();
  for (const fact of facts) {
    if (fact.name === 'dispatch.requested' && fact.data.parcelId === parcelId) open.add(fact.data.dispatchId);
    if (fact.name === 'dispatch.cancelled') open.delete(fact.data.dispatchId);
  }
  return open.size > 0;
}

/**
 * The end of the order, once every parcel is delivered or closed: delivered if at least one arrived, closed otherwise.
 * `added` are the facts that are about to be appended.
 */
export function orderEndDue(facts: readonly Fact[], added: readonly Decided[]): Decided[] {
  const all: readonly NewFact[] = [...facts, ...added];
  const [placed] = all;
  if (placed?.name !== 'order.placed') return [];
  const named = (name: 'parcel.delivered' | 'parcel.closed') =>
    new Set(all.flatMap((fact) => (fact.name === name ? [fact.data.parcelId] : [])));
  const [delivered, closed] = [named('parcel.delivered'), named('parcel.closed')];
  const isOver = placed.data.parcels.every(({ parcelId }) => delivered.has(parcelId) || closed.has(parcelId));
  if (!isOver) return [];
  return [{ name: delivered.size > 0 ? 'order.delivered' : 'order.closed', data: {} }];
}

/** The part of the order's price that the shopper pays to us for the consignment: all charges that we collect. */
export function priceOf(consignment: PlannedConsignment, currency: Currency): Money {
  const collected = consignment.charges.filter((charge) => charge.collectedOnDelivery !== true);
  return sum(
    collected.map(({ amount }) => fromJson(amount)),
    currency,
  );
}

/** The reason of the refunds that the stop of an order requires by itself. */
export const STOP_REFUND = 'order-stopped';

/** The money of an order in minor units of its currency. Refunds that failed are left out. */
interface OrderMoney {
  readonly total: MoneyJson | undefined;
  readonly captured: number;
  /** Whether there was a capture: one of zero if nothing was to be paid. */
  readonly isCaptured: boolean;
  /** Refunded or requested. */
  readonly returned: number;
  /** Taken back by disputes. */
  readonly withdrawn: number;
}

/** Sums of the order's money. What was captured or refunded in another currency than the order's does not count. */
export function moneyOf(facts: readonly Fact[]): OrderMoney {
  let total: MoneyJson | undefined;
  const captures: number[] = [];
  const returning = new Map<string, number>();
  const taken = new Map<string, Money>();
  for (const fact of facts) {
    if (fact.name === 'order.placed') total = fact.data.landedCost.totals.total;
    if (fact.name === 'payment.captured' && fact.data.amount.currency === total?.currency)
      captures.push(fact.data.amount.amount);
    if (fact.name === 'payment.capture_failed' && fact.data.amount.currency === total?.currency)
      captures.push(-fact.data.amount.amount);
    if (fact.name === 'refund.requested' && fact.data.amount.currency === total?.currency)
      returning.set(fact.data.refundId, fact.data.amount.amount);
    if (fact.name === 'refund.failed') returning.delete(fact.data.refundId);
    if (fact.name === 'payment.disputed')
      taken.set(fact.data.providerReference, fromJson(fact.data.withdrawn));
  }
  const returned = [...returning.values()].reduce((all, amount) => all + amount, 0);
  const captured = captures.reduce((all, amount) => all + amount, 0);
  const withdrawn =
    total === undefined || taken.size === 0
      ? 0
      : takenOf(money(captured, total.currency), [...taken.values()]).amountMinor;
  return { total, captured, isCaptured: captures.length > 0, returned, withdrawn };
}
