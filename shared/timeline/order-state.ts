import type { Fact } from '../../events/all-events.ts';
import { captureAt, isCaptured } from './captures-due.ts';
import { instalmentsOf } from './instalments.ts';
import { moneyOf, parcelsToGo } from './parcel-ends.ts';
import { isWithheld } from './withdrawn.ts';

/** What every stage must know about an order before it acts for it. */
export interface OrderState {
  /** `closed`: a person has closed every parcel. */
  readonly ended: 'cancelled' | 'expired' | 'delivered' | 'closed' | undefined;
  /** The warehouse was asked to stop and has not yet answered for all parcels. */
  readonly isStopping: boolean;
  readonly screening: 'waiting' | 'released' | 'held' | 'refused';
  /** The whole amount is or was held at the provider. */
  readonly isAuthorised: boolean;
  /**
   * The whole amount was captured and is not being returned. An amount of zero is captured too. For an order that is
   * paid at dispatch or in cash: what is still to be sent can be captured then, whatever goes back of what was captured
   * before. For one in instalments: the first one was captured.
   */
  readonly isPaid: boolean;
}

/** Why nothing may be done for the order now. */
export type Blocker = 'ended' | 'stopping' | 'unscreened' | 'withdrawn' | 'unpaid';

const fresh: OrderState = {
  ended: undefined,
  isStopping: false,
  screening: 'waiting',
  isAuthorised: false,
  isPaid: false,
};

/** The state of the order, from its facts alone. */
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
    case 'order.closed':
      return { ...orderState, ended: 'closed' };
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
  const { total, captured, isCaptured, returned } = moneyOf(facts);
  const isKept = captured === 0 || returned < captured;
  if (captureAt(facts) !== undefined) return isSecured(facts) && (isKept || isPaidLater(facts));
  const first = instalmentsOf(facts)?.find(({ n }) => n === 1);
  if (first !== undefined) return isSecured(facts) && first.captured !== undefined && isKept;
  // What was captured beyond the total has to be given back first.
  const beyond = captured - (total?.amount ?? 0);
  return isCaptured && beyond >= 0 && returned >= beyond && isKept;
}

/** Whether the money can still be captured, or was. */
const isSecured = (facts: readonly Fact[]): boolean =>
  facts.some(({ name }) => name === 'payment.authorised') &&
  !facts.some(({ name }) => name === 'payment.voided');

/** Whether a parcel of an order that is paid at dispatch or in cash is still to be sent, and pays for itself then. */
const isPaidLater = (facts: readonly Fact[]): boolean =>
  parcelsToGo(facts).some((parcelId) => !isCaptured(facts, parcelId));

/**
 * The reason not to spend work or money on the order now, the most final first. While there is one, nothing is booked,
 * declared or dispatched.
 */
export function blockerOf(facts: readonly Fact[]): Blocker | undefined {
  const { ended, isStopping, screening, isPaid } = orderStateOf(facts);
  if (ended !== undefined) return 'ended';
  if (isStopping) return 'stopping';
  if (screening !== 'released') return 'unscreened';
  if (isWithheld(facts)) return 'withdrawn';
  return isPaid ? undefined : 'unpaid';
}

/**
 * Whether the order was released and captured before its end, so that our steps may have worked for it: only then can a
 * partner have an effect that no fact names.
 */
export function wasFree(facts: readonly Fact[]): boolean {
  const end = facts.findIndex((fact) => evolve(fresh, fact).ended !== undefined);
  const before = end < 0 ? facts : facts.slice(0, end);
  const paid = captureAt(facts) === undefined ? 'payment.captured' : 'payment.authorised';
  return (['screening.released', paid] as const).every((name) => before.some((fact) => fact.name === name));
}

/** Whether somebody released the order after the fact with that number: then a refused step may be tried again. */
export function isReleasedSince(facts: readonly Fact[], sequence: number): boolean {
  return facts.some((fact) => fact.name === 'screening.released' && fact.sequence > sequence);
}
