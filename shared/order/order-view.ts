import type { z } from 'zod';
import type { Fact } from '../../events/all-events.ts';
import type { Currency } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Money, sum, toJson } from '../kernel/money.ts';
import {
  currentIntent,
  type EarlierIntent,
  type InstalmentState,
  instalmentsOf,
  intentsOf,
  type Piece,
  pieceDeliveredAt,
  pieceStatus,
  promisedByOf,
  statusOfPieces,
  trackedPieces,
} from '../timeline/index.ts';
import { orderOf } from './order.ts';
import {
  declarationStatuses,
  type declarationViewSchema,
  type InstalmentView,
  isShown,
  type OrderView,
  type PaymentStatus,
  type parcelViewSchema,
  type paymentViewSchema,
  type pieceViewSchema,
  type scanViewSchema,
} from './order-view-schema.ts';
import { refundedUnits } from './refunded-units.ts';

/** The order as its owner sees it: computed from its facts, without personal data. */
export function orderView(facts: readonly Fact[]): OrderView {
  const placed = facts[0];
  invariant(placed?.name === 'order.placed', 'a timeline begins with order.placed');
  return {
    orderId: placed.orderId,
    status: orderOf(facts).status,
    placedAt: placed.occurredAt,
    ...defined({ guaranteeCode: placed.data.guaranteeCode }),
    landedCost: placed.data.landedCost,
    ...carbonView(placed),
    parcels: parcelViews(placed, facts),
    declarations: declarationViews(facts),
    payments: paymentViews(placed, facts),
    ...refundedUnits(facts),
    ...deliverySlotView(placed, facts),
    timeline: facts.flatMap(({ sequence, name, occurredAt, cause }) =>
      isShown(name) ? [{ sequence, fact: name, occurredAt, by: cause.by }] : [],
    ),
  };
}

/** The sum over the consignments; undefined if one has no figure. */
function carbonView({ data }: Fact<'order.placed'>): Pick<OrderView, 'carbonGrams'> {
  const figures = data.landedCost.consignments.flatMap(({ carbonGrams }) => carbonGrams ?? []);
  if (figures.length < data.landedCost.consignments.length) return {};
  return { carbonGrams: figures.reduce((all, grams) => all + grams, 0) };
}

function deliverySlotView(
  { data: { deliverySlot } }: Fact<'order.placed'>,
  facts: readonly Fact[],
): Pick<OrderView, 'deliverySlot'> {
  if (deliverySlot === undefined) return {};
  const isStopped = facts.some(({ name }) => name === 'order.cancelled' || name === 'order.expired');
  return { deliverySlot: { ...deliverySlot, status: isStopped ? 'freed' : 'booked' } };
}

type ParcelView = z.infer<typeof parcelViewSchema>;

function parcelViews(placed: Fact<'order.placed'>, facts: readonly Fact[]): ParcelView[] {
  const progress = orderOf(facts).parcels;
  const { parcels, landedCost } = placed.data;
  const views = new Map<string, ParcelView>();
  for (const { parcelId, consignmentId } of parcels) {
    const consignment = landedCost.consignments.find(
      (candidate) => candidate.consignmentId === consignmentId,
    );
    invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
    const { warehouseId, via, promise } = consignment;
    views.set(parcelId, {
      parcelId,
      consignmentId,
      warehouseId,
      ...defined({ via }),
      promise,
      promisedBy: promise.latest,
      late: false,
      progress: progress[parcelId] ?? 'planned',
      scans: [],
    });
  }
  const change = (parcelId: string, with_: Partial<ParcelView>) => {
    const view = views.get(parcelId);
    if (view !== undefined) views.set(parcelId, { ...view, ...with_ });
  };
  for (const fact of facts) {
    if (fact.name === 'parcel.booked') change(fact.data.parcelId, bookedView(fact.data, facts));
    if (fact.name === 'parcel.packed') change(fact.data.parcelId, { weightGrams: fact.data.weightGrams });
    if (fact.name === 'parcel.scanned') views.get(fact.data.parcelId)?.scans.push(scanView(fact));
    if (fact.name === 'parcel.promise_broken') change(fact.data.parcelId, { late: true });
    if (fact.name === 'parcel.delivered') change(fact.data.parcelId, { deliveredAt: fact.data.deliveredAt });
    if (fact.name === 'parcel.closed') change(fact.data.parcelId, { closed: closedView(fact) });
  }
  const latest = facts.at(-1)?.recordedAt ?? placed.recordedAt;
  for (const { parcelId, deliveredAt, late, promise } of views.values()) {
    const promisedBy = promisedByOf(facts, parcelId, deliveredAt ?? latest) ?? promise.latest;
    // The carrier may report a punctual delivery late.
    change(parcelId, { promisedBy, late: late && (deliveredAt === undefined || deliveredAt > promisedBy) });
  }
  for (const view of views.values()) view.scans.sort((a, b) => (a.scannedAt < b.scannedAt ? -1 : 1));
  return [...views.values()];
}

function closedView({ data, recordedAt }: Fact<'parcel.closed'>): NonNullable<ParcelView['closed']> {
  return { outcome: data.outcome, closedAt: recordedAt };
}

function bookedView(booked: Fact<'parcel.booked'>['data'], facts: readonly Fact[]): Partial<ParcelView> {
  const { parcelId, carrier, trackingNumber } = booked;
  const pieces = trackedPieces(
    facts.filter((fact) => 'parcelId' in fact.data && fact.data.parcelId === parcelId),
  );
  const trackingStatus = statusOfPieces(pieces);
  return {
    carrier,
    trackingNumber,
    ...defined({ trackingStatus }),
    ...(pieces.length === 1 ? {} : { pieces: pieces.map(pieceView) }),
  };
}

function pieceView(piece: Piece): z.infer<typeof pieceViewSchema> {
  const [trackingStatus, deliveredAt] = [pieceStatus(piece), pieceDeliveredAt(piece)];
  return {
    trackingNumber: piece.trackingNumber,
    ...defined({ trackingStatus, deliveredAt }),
  };
}

function scanView({ data }: Fact<'parcel.scanned'>): z.infer<typeof scanViewSchema> {
  const { status, carrierStatus, scannedAt, trackingNumber, place } = data;
  const named = trackingNumber === undefined ? {} : { trackingNumber };
  return { status, carrierStatus, scannedAt, ...named, ...place };
}

type DeclarationView = z.infer<typeof declarationViewSchema>;

function declarationViews(facts: readonly Fact[]): DeclarationView[] {
  const views = new Map<string, DeclarationView>();
  for (const fact of facts) {
    if (!fact.name.startsWith('declaration.')) continue;
    const declaration = fact as Extract<Fact, { name: `declaration.${string}` }>;
    const { declarationId, parcelId } = declaration.data;
    const before = views.get(declarationId);
    const dataSet =
      declaration.name === 'declaration.filed' ? declaration.data.dataSet : (before?.dataSet ?? '');
    const mrn = ('mrn' in declaration.data ? declaration.data.mrn : undefined) ?? before?.mrn;
    const status = declarationStatuses.find((each) => declaration.name === `declaration.${each}`);
    invariant(status !== undefined, 'every fact of a declaration gives it a status', { name: fact.name });
    views.set(declarationId, {
      declarationId,
      parcelId,
      dataSet,
      status,
      ...defined({ mrn }),
    });
  }
  return [...views.values()];
}

/** Refunds that were paid and that the shopper's bank returned, in minor units. */
function cameBack(facts: readonly Fact[]): number {
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  return facts.reduce(
    (all, fact) =>
      fact.name === 'refund.paid' && failed.has(fact.data.refundId) ? all + fact.data.amount.amount : all,
    0,
  );
}

/** The intent that pays the order, and then those that were left. */
function paymentViews(placed: Fact<'order.placed'>, facts: readonly Fact[]): OrderView['payments'] {
  const { currency } = placed.data.landedCost;
  const { earlier } = intentsOf(facts);
  return [paymentView(placed, facts), ...earlier.map((intent) => earlierView(intent, currency))];
}

function paymentView(
  placed: Fact<'order.placed'>,
  facts: readonly Fact[],
): z.infer<typeof paymentViewSchema> {
  const { paymentId, method, provider } = currentIntent(facts);
  const { currency } = placed.data.landedCost;
  const total = (name: 'payment.captured' | 'payment.capture_failed' | 'refund.paid') =>
    facts.reduce((all, fact) => (fact.name === name ? all + fact.data.amount.amount : all), 0);
  const captured = total('payment.captured') - total('payment.capture_failed');
  const refunded = total('refund.paid') - cameBack(facts);
  return {
    paymentId,
    method,
    provider,
    status: paymentStatusOf(facts, { captured, refunded }),
    captured: { amount: captured, currency },
    refunded: { amount: refunded, currency },
    ...defined({ instalments: instalmentsOf(facts)?.map((state) => instalmentView(state, facts)) }),
  };
}

function instalmentView(state: InstalmentState, facts: readonly Fact[]): InstalmentView {
  const { n, amount, captured, dueAt, retryAt } = state;
  const isOver = facts.some(({ name }) => name === 'payment.voided' || name === 'order.cancelled');
  const status = (): InstalmentView['status'] => {
    if (captured !== undefined) return 'paid';
    if (amount.amountMinor === 0 || isOver) return 'dropped';
    if (state.asked !== undefined) return 'charging';
    return state.failures > 0 ? 'declined' : 'due';
  };
  return { n, amount: toJson(captured ?? amount), dueAt, status: status(), ...defined({ retryAt }) };
}

/** An intent from which the payment was moved away. What it brought goes back. */
function earlierView(
  { paymentId, method, provider, status, captures, refunds }: EarlierIntent,
  orderCurrency: Currency,
): z.infer<typeof paymentViewSchema> {
  const currency = captures[0]?.amount.currency ?? orderCurrency;
  const total = (amounts: readonly Money[]) => sum(amounts, currency).amountMinor;
  const captured = total(captures.map(({ amount }) => amount));
  const refunded = total(refunds.flatMap((one) => (one.status === 'paid' ? [one.amount] : [])));
  const open = status === 'open' ? 'started' : status;
  return {
    ...{ paymentId, method, provider },
    status: refunded > 0 ? refundedStatus({ captured, refunded }) : open,
    captured: { amount: captured, currency },
    refunded: { amount: refunded, currency },
  };
}

interface Returned {
  readonly captured: number;
  readonly refunded: number;
}

const refundedStatus = ({ captured, refunded }: Returned): PaymentStatus =>
  refunded < captured ? 'partially_refunded' : 'refunded';

const PAYMENT_STEPS = ['started', 'failed', 'authorised', 'captured', 'voided'] as const;

/** Refunds decide the status if there are any; otherwise the latest step of the payment. Amounts are minor units. */
function paymentStatusOf(facts: readonly Fact[], returned: Returned): PaymentStatus {
  if (returned.refunded > 0) return refundedStatus(returned);
  const own = facts.slice(facts.findLastIndex(({ name }) => name === 'payment.moved') + 1);
  const steps = own.flatMap(({ name }) => PAYMENT_STEPS.find((step) => name === `payment.${step}`) ?? []);
  return steps.at(-1) ?? 'waiting';
}
