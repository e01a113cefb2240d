import type { PlannedOrder } from './plan-orders.ts';
import type { Hold } from './read-holds.ts';
import { placingOf, type Replayed, statusOf } from './tally.ts';

/** The result of one order of the file. If it was not delivered, also the reason. */
export interface OrderOutcome {
  readonly order: PlannedOrder;
  /** Either `not placed`, `held`, or the status of the order. */
  readonly status: string;
  readonly orderId?: string;
  /** The landed cost of a placed order, in pence GBP. */
  readonly totalMinor?: number;
  /** The reasons why the order was held, even if it was released since. */
  readonly holds: readonly Hold[];
  readonly isReleased: boolean;
  /** The reason why the order is not delivered; undefined when it is delivered. */
  readonly obstacle?: Obstacle;
}

interface Obstacle {
  readonly reason: string;
  /** The details of this order's problem. */
  readonly detail: string;
  /** The action by which the order can continue. */
  readonly remedy: string;
}

/** The outcome of every order, in the order of the file. */
export function outcomesOf(replayed: Replayed): readonly OrderOutcome[] {
  return replayed.orders.map((order) => outcomeOf(order, replayed));
}

function outcomeOf(order: PlannedOrder, replayed: Replayed): OrderOutcome {
  const placing = placingOf(order, replayed);
  if (placing.outcome === 'refused') {
    const { reason, detail } = placing;
    const obstacle = { reason, detail, remedy: 'none, because it was never placed' };
    return { order, status: 'not placed', holds: [], isReleased: false, obstacle };
  }
  const { orderId, isPaid, cost } = placing;
  const where = replayed.whereabouts.get(orderId);
  const { holds = [], isReleased = false } = where ?? {};
  const status = statusOf(orderId, isPaid, replayed);
  const outcome = { order, status, orderId, totalMinor: cost.total, holds, isReleased };
  return status === 'delivered' ? outcome : { ...outcome, obstacle: obstacleOf(status, outcome) };
}

/** The ways to release an order. The order's id replaces {id}. */
const RELEASE = 'POST /v1/admin/orders/{id}/release, or a replay without --hold';
const LOOK = 'GET /v1/admin/orders/{id} says what an operator can do';

function obstacleOf(
  status: string,
  { holds, isReleased }: Pick<OrderOutcome, 'holds' | 'isReleased'>,
): Obstacle {
  if (status === 'held') {
    const detail = holds.map(({ finding }) => finding).join('; ');
    const reason =
      holds.length === 0 ? 'on the work list' : `held: ${holds.map(({ rule }) => rule).join(', ')}`;
    // An order that is held again after the replay released it once needs a person.
    return { reason, detail, remedy: holds.length === 0 || isReleased ? LOOK : RELEASE };
  }
  if (status === 'payment not confirmed')
    return {
      reason: status,
      detail: 'the card was not confirmed',
      remedy: 'none, because it expires unpaid',
    };
  if (status === 'cancelled' || status === 'expired')
    return { reason: status, detail: `the order is ${status}`, remedy: 'none, because it has ended' };
  return {
    reason: `still ${status}`,
    detail: 'it had not arrived when the replay stopped waiting',
    remedy: 'a longer --patience',
  };
}

/** The number of orders that a screening rule held, and the results of these orders. */
export interface HoldCount {
  readonly rule: string;
  readonly orders: number;
  readonly released: number;
  readonly delivered: number;
  /** The finding about the first of these orders. */
  readonly example: string;
}

/** The counts by rule. The rule that held most orders comes first. An order that two rules held counts for both. */
export function countHolds(outcomes: readonly OrderOutcome[]): readonly HoldCount[] {
  const holds = outcomes.flatMap((outcome) => outcome.holds.map((hold) => ({ outcome, ...hold })));
  return [...Map.groupBy(holds, ({ rule }) => rule)]
    .map(([rule, of]) => ({
      rule,
      orders: of.length,
      released: of.filter(({ outcome }) => outcome.isReleased).length,
      delivered: of.filter(({ outcome }) => outcome.status === 'delivered').length,
      example: of[0]?.finding ?? '',
    }))
    .sort((a, b) => b.orders - a.orders);
}

/** The number of orders that were not delivered for one reason, and the remedy. */
export interface ObstacleCount extends Obstacle {
  readonly orders: number;
}

/** The counts by reason, the most frequent first. `detail` is that of the first order. */
export function countObstacles(outcomes: readonly OrderOutcome[]): readonly ObstacleCount[] {
  const obstacles = outcomes.flatMap(({ obstacle }) => obstacle ?? []);
  return [...Map.groupBy(obstacles, ({ reason }) => reason)]
    .map(([reason, of]) => ({
      reason,
      detail: of[0]?.detail ?? '',
      remedy: of[0]?.remedy ?? '',
      orders: of.length,
    }))
    .sort((a, b) => b.orders - a.orders);
}
