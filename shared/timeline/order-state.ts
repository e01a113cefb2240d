import type { Fact } from '../../events/all-events.ts';
import type { MoneyJson } from '../kernel/money.ts';

/** What every stage has to know of an order before it does anything for it. */
export interface OrderState {
  readonly ended: 'cancelled' | 'expired' | 'delivered' | undefined;
  /** The warehouse was asked to stop and has not answered for all parcels. */
  readonly isStopping: boolean;
  readonly screening: 'waiting' | 'released' | 'held' | 'refused';
  /** The whole amount is or was held at the provider. */
  readonly isAuthorised: boolean;
  /** The whole amount was taken, and is not going back. */
  readonly isPaid: boolean;
}

/** Why nothing may be done for the order now. */
export type Blocker = 'ended' | 'stopping' | 'unscreened' | 'unpaid';

const fresh: OrderState = {
  ended: undefined,
  isStopping: false,
  screening: 'waiting',
  isAuthorised: false,
  isPaid: false,
};

/** Where the order stands, from its facts alone. */
export function orderStateOf(facts: readonly Fact[]): OrderState {
  return { ...facts.reduce(evolve, fresh), isPaid: isPaid(facts) };
}

function evolve(orderState: OrderState, fact: Fact): OrderState {
  switch (fact.name) {
    case 'order.cancelled':
      return { ...orderState, ended: 'cancelled', isStopping: false };
    case 'order.expired':
      return { ...orderState, ended: 'expired' };
    case 'order.delivered':
      return { ...orderState, ended: 'delivered' };
    case 'order.cancellation_requested':
      return { ...orderState, isStopping: true };
    case 'order.cancellation_refused':
      return { ...orderState, isStopping: false };
    case 'payment.authorised':
      return { ...orderState, isAuthorised: true };
    case 'screening.released':
      return { ...orderState, screening: 'released' };
    case 'screening.held':
      return { ...orderState, screening: 'held' };
    case 'screening.refused':
      return { ...orderState, screening: 'refused' };
    default:
      return orderState;
  }
}

function isPaid(facts: readonly Fact[]): boolean {
  let total: MoneyJson | undefined;
  let captured = 0;
  const returning = new Map<string, number>();
  for (const fact of facts) {
    if (fact.name === 'order.placed') total = fact.data.landedCost.totals.total;
    if (fact.name === 'payment.captured' && fact.data.amount.currency === total?.currency)
      captured += fact.data.amount.amount;
    if (fact.name === 'refund.requested') returning.set(fact.data.refundId, fact.data.amount.amount);
    if (fact.name === 'refund.failed') returning.delete(fact.data.refundId);
  }
  const returned = [...returning.values()].reduce((all, amount) => all + amount, 0);
  return captured > 0 && captured === total?.amount && returned < captured;
}

/**
 * What stands in the way of spending work or money on the order, the most final reason first. Nothing is
 * booked, declared or dispatched for an order that this gives a reason for.
 */
export function blockerOf(facts: readonly Fact[]): Blocker | undefined {
  const { ended, isStopping, screening, isPaid } = orderStateOf(facts);
  if (ended !== undefined) return 'ended';
  if (isStopping) return 'stopping';
  if (screening !== 'released') return 'unscreened';
  return isPaid ? undefined : 'unpaid';
}

/** Whether somebody released the order after the fact of that number: what was refused then may be tried again. */
export function isReleasedSince(facts: readonly Fact[], sequence: number): boolean {
  return facts.some((fact) => fact.name === 'screening.released' && fact.sequence > sequence);
}
