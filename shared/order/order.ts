import type { Fact } from '../../events/all-events.ts';
import { unreachable } from '../kernel/invariant.ts';
import { defineTransitions, mayMove } from '../kernel/transitions.ts';

/** The order's status. With several parcels it is that of the slowest one. */
export const orderStatuses = [
  'placed',
  'authorised',
  'held',
  'released',
  'paid',
  'booked',
  'cleared',
  'fulfilling',
  'cancelling',
  'dispatched',
  'delivered',
  'cancelled',
  'expired',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The legal transitions; a fact that would make another one is a bug and throws. */
const orderTransitions = defineTransitions<OrderStatus>('placed', {
  placed: ['authorised', 'cancelled', 'expired'],
  // Some methods capture at once: then screening leads straight to paid.
  authorised: ['released', 'paid', 'held', 'cancelled'],
  held: [
    'released',
    'paid',
    'booked',
    'cleared',
    'fulfilling',
    'cancelling',
    'dispatched',
    'delivered',
    'cancelled',
  ],
  released: ['paid', 'held', 'cancelled'],
  // A parcel may be with the warehouse while a slower one keeps the order in this status.
  paid: ['booked', 'cancelling', 'held', 'cancelled'],
  booked: ['cleared', 'cancelling', 'held', 'cancelled'],
  cleared: ['fulfilling', 'cancelling', 'held', 'cancelled'],
  fulfilling: ['dispatched', 'cancelling', 'held', 'cancelled'],
  cancelling: ['cancelled', 'paid', 'booked', 'cleared', 'fulfilling', 'dispatched'],
  dispatched: ['delivered', 'held'],
  delivered: [],
  cancelled: [],
  expired: [],
});

export const terminalStatuses: readonly OrderStatus[] = ['delivered', 'cancelled', 'expired'];

/** The progress of each parcel; an order moves on when all its parcels have. */
export const PARCEL_STEPS = [
  'planned',
  'booked',
  'cleared',
  'fulfilling',
  'dispatched',
  'delivered',
] as const;
type ParcelStep = (typeof PARCEL_STEPS)[number];

export interface Order {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly parcels: Readonly<Record<string, ParcelStep>>;
  /** Why a person has to look; undefined if nobody has to. */
  readonly attention: string | undefined;
  /** The parcel that it concerns, if it concerns one. */
  readonly attentionParcelId: string | undefined;
  /** Whether money was captured. */
  readonly paid: boolean;
  /** Whether rules or a person released it, and no later hold applies. */
  readonly screened: boolean;
  /** Lines of carriers' invoices above the rate card that nobody has settled yet. */
  readonly freightDisputes: number;
}

const settled = { attention: undefined, attentionParcelId: undefined } as const;

/** Applies one fact to the order. Every fact of every stage has a case here; the compiler checks that. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one case a fact; the compiler finds a missing one
function evolveOrder(order: Order | undefined, fact: Fact): Order {
  if (fact.name === 'order.placed') {
    const parcels = Object.fromEntries(
      fact.data.parcels.map(({ parcelId }) => [parcelId, 'planned' as const]),
    );
    return {
      orderId: fact.orderId,
      status: 'placed',
      parcels,
      ...settled,
      paid: false,
      screened: false,
      freightDisputes: 0,
    };
  }
  if (order === undefined) throw new Error(`the first fact of ${fact.orderId} is ${fact.name}`);
  switch (fact.name) {
    case 'payment.authorised':
      // A hold after the order's end is voided by the payment stage; it does not revive the order.
      return order.status === 'placed' ? move(unblocked(order), 'authorised') : order;
    case 'screening.held':
      return { ...move(order, 'held'), ...settled, attention: 'screening', screened: false };
    case 'screening.released':
      // An order that was paid before it was held continues at its parcels' progress.
      return {
        ...move(order, order.paid ? progressOf(order) : 'released'),
        ...settled,
        screened: true,
      };
    case 'payment.captured':
      return order.status === 'released'
        ? { ...unblocked(move(order, 'paid')), paid: true }
        : { ...unblocked(order), paid: true };
    case 'parcel.booked':
      return advanceParcel(unblocked(order), fact.data.parcelId, 'booked');
    case 'parcel.cleared':
      return advanceParcel(order, fact.data.parcelId, 'cleared');
    case 'dispatch.requested':
      return advanceParcel(order, fact.data.parcelId, 'fulfilling');
    case 'parcel.dispatched':
      return advanceParcel(order, fact.data.parcelId, 'dispatched');
    case 'parcel.delivered':
      return advanceParcel(unblocked(order), fact.data.parcelId, 'delivered');
    case 'order.cancellation_requested':
      return move(order, 'cancelling');
    case 'order.cancellation_refused':
      return order.status === 'cancelling' ? move(order, progressOf(order)) : order;
    case 'order.held':
      return {
        ...(mayMove(orderTransitions, order.status, 'held') ? move(order, 'held') : order),
        attention: fact.data.reason,
        attentionParcelId: fact.data.parcelId,
      };
    case 'order.overdue':
      return overdue(order, fact.data);
    case 'refund.failed':
      return { ...order, ...settled, attention: 'refund failed' };
    case 'refund.paid':
      return order.attention === 'refund failed' ? { ...order, ...settled } : order;
    case 'order.cancelled':
      return { ...move(order, 'cancelled'), ...settled };
    case 'order.expired':
      return { ...move(order, 'expired'), ...settled };
    case 'order.delivered':
      return { ...order, ...settled, status: 'delivered' };
    case 'freight.invoiced':
      return fact.data.status === 'disputed'
        ? { ...order, freightDisputes: order.freightDisputes + 1 }
        : order;
    case 'freight.dispute_settled':
      return { ...order, freightDisputes: order.freightDisputes - 1 };
    case 'declaration.filed':
    case 'dispatch.accepted':
    case 'payment.failed':
    case 'parcel.scanned':
      return unblocked(order);
    case 'payment.started':
    case 'payment.voided':
    case 'refund.requested':
    case 'screening.refused':
    case 'parcel.label_voided':
    case 'parcel.packed':
    case 'parcel.promise_broken':
    case 'declaration.accepted':
    case 'declaration.released':
    case 'declaration.queried':
    case 'declaration.refused':
    case 'declaration.invalidated':
    case 'dispatch.short':
    case 'dispatch.cancelled':
      return order;
    default:
      return unreachable(fact, 'every fact is folded into the order');
  }
}

/** Why a person has to look at the order, the most urgent reason; undefined if nobody has to. */
export function attentionOf({ attention, freightDisputes }: Order): string | undefined {
  return attention ?? (freightDisputes > 0 ? 'freight-disputed' : undefined);
}

/** The order that its facts describe. */
export function orderOf(facts: readonly Fact[]): Order {
  const order = facts.reduce<Order | undefined>(evolveOrder, undefined);
  if (order === undefined) throw new Error('an order has at least one fact');
  return order;
}

const BLOCKED = 'blocked: ';
const LATE = 'late: ';

/** A known blocker says more than that a step is late. Neither hides another reason for a person. */
function overdue(order: Order, { reason, waitingFor }: Fact<'order.overdue'>['data']): Order {
  if (reason === undefined) return { ...order, attention: order.attention ?? `${LATE}${waitingFor}` };
  const isFree = order.attention === undefined || order.attention.startsWith(LATE);
  return isFree ? { ...order, attention: `${BLOCKED}${reason}` } : order;
}

/** A partner did its work, so the blocker no longer exists. Any remaining one is reported again. */
const unblocked = (order: Order): Order =>
  order.attention?.startsWith(BLOCKED) ? { ...order, ...settled } : order;

function move(order: Order, to: OrderStatus): Order {
  if (order.status === to) return order;
  if (!mayMove(orderTransitions, order.status, to)) {
    throw new Error(`order ${order.orderId} can't go from ${order.status} to ${to}`);
  }
  return { ...order, status: to };
}

function advanceParcel(order: Order, parcelId: string, to: ParcelStep): Order {
  const before = order.parcels[parcelId];
  if (before === undefined) throw new Error(`order ${order.orderId} has no parcel ${parcelId}`);
  if (PARCEL_STEPS.indexOf(before) >= PARCEL_STEPS.indexOf(to)) return order;
  const advanced = { ...order, parcels: { ...order.parcels, [parcelId]: to } };
  const next = progressOf(advanced);
  // While another parcel is slower the order stays. An order that has ended records the fact and stays ended.
  if (next === progressOf(order) || !mayMove(orderTransitions, order.status, next)) return advanced;
  // An order that a person holds, or whose warehouse was asked to stop, does not move on until all of it has left.
  if (!order.screened || (order.status === 'cancelling' && next !== 'dispatched')) return advanced;
  // A parcel's reason for a person is not resolved when another parcel catches up.
  const isAboutAnother = order.attentionParcelId !== undefined && order.attentionParcelId !== parcelId;
  return { ...advanced, ...(isAboutAnother ? {} : settled), status: next };
}

/** The status of a paid order from its parcels' progress. `delivered` needs its own fact. */
function progressOf(order: Order): 'paid' | 'booked' | 'cleared' | 'fulfilling' | 'dispatched' {
  const steps = Object.values(order.parcels).map((step) => PARCEL_STEPS.indexOf(step));
  const step = PARCEL_STEPS[Math.min(...steps)] ?? 'planned';
  if (step === 'planned') return 'paid';
  return step === 'delivered' ? 'dispatched' : step;
}
