import type { Fact } from '../../events/all-events.ts';
import { unreachable } from '../kernel/invariant.ts';
import { defineTransitions, mayMove } from '../kernel/transitions.ts';
import {
  type Attention,
  attentionOf,
  type FactAboutEvidence,
  type FactAboutIntents,
  isAboutEvidence,
  isAboutIntents,
} from '../timeline/index.ts';

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
  'closed',
  'cancelled',
  'expired',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The stage that an order has reached. An order that has not ended is `held` while a reason for attention stops it. */
type OrderStage = Exclude<OrderStatus, 'held'>;

/** The legal transitions; a fact that would make another one is a bug and throws. */
const orderTransitions = defineTransitions<OrderStage>('placed', {
  placed: ['authorised', 'cancelled', 'expired'],
  // Some methods capture at once: then screening leads straight to paid, or to where the parcels are.
  authorised: ['released', 'paid', 'cancelled'],
  // An order that is paid at dispatch goes on without a capture.
  released: ['paid', 'booked', 'cleared', 'fulfilling', 'dispatched', 'cancelling', 'cancelled'],
  // A parcel may be with the warehouse while a slower one keeps the order in this stage. Once that one is closed, the
  // order is where the others are.
  paid: ['booked', 'cleared', 'fulfilling', 'dispatched', 'cancelling', 'cancelled'],
  booked: ['cleared', 'fulfilling', 'dispatched', 'cancelling', 'cancelled'],
  cleared: ['fulfilling', 'dispatched', 'cancelling', 'cancelled'],
  fulfilling: ['dispatched', 'cancelling', 'cancelled'],
  cancelling: ['cancelled', 'paid', 'booked', 'cleared', 'fulfilling', 'dispatched'],
  dispatched: ['delivered', 'closed'],
  delivered: [],
  closed: [],
  cancelled: [],
  expired: [],
});

export const terminalStatuses: readonly OrderStatus[] = ['delivered', 'closed', 'cancelled', 'expired'];

/** The stages in which a person or a rule can hold the order. */
const HOLDABLE: ReadonlySet<OrderStage> = new Set([
  'authorised',
  'released',
  'paid',
  'booked',
  'cleared',
  'fulfilling',
  'dispatched',
]);

/** The progress of each parcel; an order moves on when all its parcels have. */
export const PARCEL_STEPS = [
  'planned',
  'booked',
  'cleared',
  'fulfilling',
  'dispatched',
  'delivered',
  'closed',
] as const;
type ParcelStep = (typeof PARCEL_STEPS)[number];

export interface Order {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly parcels: Readonly<Record<string, ParcelStep>>;
  /** Why a person has to look, oldest first; empty if nobody has to. */
  readonly attention: readonly Attention[];
  /** Whether money was captured. */
  readonly paid: boolean;
  /** Whether rules or a person released it, and no later hold applies. */
  readonly screened: boolean;
}

/** The state of the order while its facts are folded in turn. */
interface Folded extends Pick<Order, 'orderId' | 'parcels' | 'paid' | 'screened'> {
  readonly stage: OrderStage;
}

/** The order that its facts describe. */
export function orderOf(facts: readonly Fact[]): Order {
  const folded = facts.reduce<Folded | undefined>(
    (order, fact) => (isAboutIntents(fact) || isAboutEvidence(fact) ? order : evolveOrder(order, fact)),
    undefined,
  );
  if (folded === undefined) throw new Error('an order has at least one fact');
  const { stage, ...order } = folded;
  const attention = attentionOf(facts);
  const isHeld = HOLDABLE.has(stage) && attention.some(({ stops }) => stops);
  return { ...order, status: isHeld ? 'held' : stage, attention };
}

/** Applies one fact to the order. Every fact of every stage has a case here; the compiler checks that. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one case a fact; the compiler finds a missing one
function evolveOrder(
  order: Folded | undefined,
  fact: Exclude<Fact, FactAboutIntents | FactAboutEvidence>,
): Folded {
  if (fact.name === 'order.placed') {
    const parcels = Object.fromEntries(
      fact.data.parcels.map(({ parcelId }) => [parcelId, 'planned' as const]),
    );
    return { orderId: fact.orderId, stage: 'placed', parcels, paid: false, screened: false };
  }
  if (order === undefined) throw new Error(`the first fact of ${fact.orderId} is ${fact.name}`);
  switch (fact.name) {
    case 'payment.authorised':
      // A hold after the order's end is voided by the payment stage; it does not revive the order.
      return order.stage === 'placed' ? move(order, 'authorised') : order;
    case 'screening.held':
      return hold(order);
    case 'screening.released':
      // An order that was paid before it was held continues at its parcels' progress.
      return { ...(isPastCapture(order) ? order : release(order)), screened: true };
    case 'payment.captured':
      return { ...(order.stage === 'released' ? move(order, 'paid') : order), paid: true };
    case 'parcel.booked':
      return advanceParcel(order, fact.data.parcelId, 'booked');
    case 'parcel.cleared':
      return advanceParcel(order, fact.data.parcelId, 'cleared');
    case 'dispatch.requested':
      return advanceParcel(order, fact.data.parcelId, 'fulfilling');
    case 'parcel.dispatched':
      return advanceParcel(order, fact.data.parcelId, 'dispatched');
    case 'parcel.delivered':
      return advanceParcel(order, fact.data.parcelId, 'delivered');
    case 'parcel.closed':
      return advanceParcel(order, fact.data.parcelId, 'closed');
    case 'order.cancellation_requested':
      return move(order, 'cancelling');
    case 'order.cancellation_refused':
      return order.stage === 'cancelling' ? move(order, progressOf(order)) : order;
    case 'order.cancelled':
    case 'order.expired':
      return move(order, fact.name === 'order.expired' ? 'expired' : 'cancelled');
    case 'order.delivered':
    case 'order.closed':
      return move(order, fact.name === 'order.closed' ? 'closed' : 'delivered');
    case 'order.held':
    case 'order.overdue':
    case 'order.attention_cleared':
    case 'order.erasure_requested':
    case 'order.erased':
    case 'payment.started':
    case 'payment.failed':
    case 'payment.capture_failed':
    case 'payment.instalment_asked':
    case 'payment.instalment_failed':
    case 'payment.instalments_lowered':
    case 'payment.voided':
    case 'payment.disputed':
    case 'payment.settled':
    case 'refund.requested':
    case 'refund.paid':
    case 'refund.failed':
    case 'screening.refused':
    case 'parcel.label_voided':
    case 'parcel.undeclared':
    case 'parcel.packed':
    case 'parcel.scanned':
    case 'parcel.promise_broken':
    case 'declaration.filed':
    case 'declaration.accepted':
    case 'declaration.released':
    case 'declaration.queried':
    case 'declaration.refused':
    case 'declaration.invalidated':
    case 'dispatch.accepted':
    case 'dispatch.short':
    case 'dispatch.cancelled':
    case 'freight.invoiced':
    case 'freight.dispute_settled':
      return order;
    default:
      return unreachable(fact, 'every fact is folded into the order');
  }
}

function move(order: Folded, to: OrderStage): Folded {
  if (order.stage === to) return order;
  if (!mayMove(orderTransitions, order.stage, to)) {
    throw new Error(`order ${order.orderId} can't go from ${order.stage} to ${to}`);
  }
  return { ...order, stage: to };
}

function hold(order: Folded): Folded {
  if (!HOLDABLE.has(order.stage)) throw new Error(`order ${order.orderId} can't be held when ${order.stage}`);
  return { ...order, screened: false };
}

/** Whether the order's stage is that of its parcels. */
const isPastCapture = ({ stage }: Folded): boolean => HOLDABLE.has(stage) && !BEFORE_CAPTURE.has(stage);
const BEFORE_CAPTURE: ReadonlySet<OrderStage> = new Set(['authorised', 'released']);

/** The rules or a person released the order. A method may have captured before. */
const release = (order: Folded): Folded => move(order, order.paid ? 'paid' : 'released');

function advanceParcel(order: Folded, parcelId: string, to: ParcelStep): Folded {
  const before = order.parcels[parcelId];
  if (before === undefined) throw new Error(`order ${order.orderId} has no parcel ${parcelId}`);
  if (PARCEL_STEPS.indexOf(before) >= PARCEL_STEPS.indexOf(to)) return order;
  const advanced = { ...order, parcels: { ...order.parcels, [parcelId]: to } };
  const next = progressOf(advanced);
  // While another parcel is slower the order stays. An order that has ended records the fact and stays ended.
  if (next === progressOf(order) || !mayMove(orderTransitions, order.stage, next)) return advanced;
  // After a warehouse was asked to stop, the order moves on only when all parcels have left.
  if (order.stage === 'cancelling' && next !== 'dispatched') return advanced;
  return { ...advanced, stage: next };
}

/** The status of a paid order from its parcels' progress. `delivered` and `closed` need their own facts. */
function progressOf({
  parcels,
}: Pick<Order, 'parcels'>): 'paid' | 'booked' | 'cleared' | 'fulfilling' | 'dispatched' {
  const steps = Object.values(parcels).map((step) => PARCEL_STEPS.indexOf(step));
  const step = PARCEL_STEPS[Math.min(...steps)] ?? 'planned';
  if (step === 'planned') return 'paid';
  return step === 'delivered' || step === 'closed' ? 'dispatched' : step;
}
