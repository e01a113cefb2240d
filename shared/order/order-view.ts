import * as z from 'zod';
import type { Fact } from '../../events/all-events.ts';
import { landedCostSchema } from '../../events/landed-cost.ts';
import { trackingStatuses } from '../../events/parcel.ts';
import { defined } from '../kernel/defined.ts';
import { invariant } from '../kernel/invariant.ts';
import { moneySchema } from '../kernel/money.ts';
import { instantSchema } from '../kernel/time.ts';
import {
  type Piece,
  pieceDeliveredAt,
  pieceStatus,
  promisedByOf,
  statusOfPieces,
  trackedPieces,
} from '../timeline/index.ts';
import { orderOf } from './order.ts';

const scanViewSchema = z.strictObject({
  status: z.string(),
  /** The carrier's own word for it. */
  carrierStatus: z.string(),
  scannedAt: instantSchema,
  /** Which carton was seen, of a parcel that has several. */
  trackingNumber: z.string().optional(),
  city: z.string().optional(),
  country: z.string().optional(),
});

const pieceViewSchema = z
  .strictObject({
    trackingNumber: z.string(),
    trackingStatus: z.enum(trackingStatuses).optional(),
    deliveredAt: instantSchema.optional(),
  })
  .meta({ id: 'OrderPiece' });

const parcelViewSchema = z
  .strictObject({
    parcelId: z.string(),
    consignmentId: z.string(),
    warehouseId: z.string(),
    /** Warehouses that it passes on its way to the carrier. */
    via: z.array(z.string()).optional(),
    progress: z.string(),
    carrier: z.string().optional(),
    /** Of the first carton, where there are several. */
    trackingNumber: z.string().optional(),
    /** Where it is by the carrier's word: of several cartons where the one is that is furthest behind. */
    trackingStatus: z.enum(trackingStatuses).optional(),
    /** Its cartons, where there are several. */
    pieces: z.array(pieceViewSchema).optional(),
    weightGrams: z.int().optional(),
    /** As it was quoted. */
    promise: z.strictObject({ earliest: instantSchema, latest: instantSchema }),
    /** The latest of the promise, moved on by the wait for payment, a check of the order, and customs. */
    promisedBy: instantSchema,
    deliveredAt: instantSchema.optional(),
    /** It came after it was promised, or was not there then and has not come yet. */
    late: z.boolean(),
    scans: z.array(scanViewSchema),
  })
  .meta({ id: 'OrderParcel' });

const declarationViewSchema = z
  .strictObject({
    declarationId: z.string(),
    parcelId: z.string(),
    dataSet: z.string(),
    status: z.string(),
    mrn: z.string().optional(),
  })
  .meta({ id: 'OrderDeclaration' });

const paymentViewSchema = z
  .strictObject({
    paymentId: z.string(),
    method: z.string(),
    provider: z.string(),
    status: z.string(),
    captured: moneySchema,
    refunded: moneySchema,
  })
  .meta({ id: 'OrderPayment' });

const deliverySlotViewSchema = z
  .strictObject({
    slotId: z.string(),
    carrier: z.string(),
    from: instantSchema,
    to: instantSchema,
    /** `freed`: the order stopped, its place is somebody else's. */
    status: z.enum(['booked', 'freed']),
  })
  .meta({ id: 'OrderDeliverySlot' });

const timelineEntrySchema = z
  .strictObject({ sequence: z.int(), fact: z.string(), occurredAt: instantSchema, by: z.string() })
  .meta({ id: 'TimelineEntry' });

export const orderViewSchema = z
  .strictObject({
    orderId: z.string(),
    status: z.string(),
    placedAt: instantSchema,
    /** The short name of the price that was guaranteed. */
    guaranteeCode: z.string().optional(),
    landedCost: landedCostSchema,
    /** Grams of CO2 equivalent of transport and cartons; how it came about is with each consignment. */
    carbonGrams: z.int().min(0).optional(),
    parcels: z.array(parcelViewSchema),
    declarations: z.array(declarationViewSchema),
    payments: z.array(paymentViewSchema),
    deliverySlot: deliverySlotViewSchema.optional(),
    timeline: z.array(timelineEntrySchema),
  })
  .meta({ id: 'Order' });

export type OrderView = z.infer<typeof orderViewSchema>;

/** The order as its owner sees it: a fold of its facts, without anything personal. */
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
    payments: [paymentView(placed, facts)],
    ...deliverySlotView(placed, facts),
    // What a carrier invoices us is no matter of the shopper's: the operator sees it among the facts.
    timeline: facts
      .filter(({ name }) => !name.startsWith('freight.'))
      .map(({ sequence, name, occurredAt, cause }) => ({ sequence, fact: name, occurredAt, by: cause.by })),
  };
}

/** The sum over the consignments; nothing of an order that has one without a figure. */
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
  }
  const latest = facts.at(-1)?.recordedAt ?? placed.recordedAt;
  for (const { parcelId, deliveredAt, late, promise } of views.values()) {
    const promisedBy = promisedByOf(facts, parcelId, deliveredAt ?? latest) ?? promise.latest;
    // The carrier may tell late of a delivery that was in time.
    change(parcelId, { promisedBy, late: late && (deliveredAt === undefined || deliveredAt > promisedBy) });
  }
  for (const view of views.values()) view.scans.sort((a, b) => (a.scannedAt < b.scannedAt ? -1 : 1));
  return [...views.values()];
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
    const status = declaration.name.slice('declaration.'.length);
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

/** Refunds that were paid and did not reach the shopper's bank, in minor units. */
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

function paymentView(
  placed: Fact<'order.placed'>,
  facts: readonly Fact[],
): z.infer<typeof paymentViewSchema> {
  const { paymentId, method, provider } = placed.data.payment;
  const { currency } = placed.data.landedCost;
  const total = (name: 'payment.captured' | 'refund.paid') =>
    facts.reduce((all, fact) => (fact.name === name ? all + fact.data.amount.amount : all), 0);
  const steps = ['started', 'failed', 'authorised', 'captured', 'voided'] as const;
  const latest = facts.filter((fact) => steps.some((step) => fact.name === `payment.${step}`)).at(-1);
  const refunded = total('refund.paid') - cameBack(facts);
  return {
    paymentId,
    method,
    provider,
    status: refunded > 0 ? 'refunded' : (latest?.name.slice('payment.'.length) ?? 'waiting'),
    captured: { amount: total('payment.captured'), currency },
    refunded: { amount: refunded, currency },
  };
}
