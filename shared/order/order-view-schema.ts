import * as z from 'zod';
import { type FactName, factDefinitions, factNames } from '../../events/all-events.ts';
import { causeSchema } from '../../events/envelope.ts';
import { landedCostSchema, promiseSchema } from '../../events/landed-cost.ts';
import { parcelOutcomes, trackingStatuses } from '../../events/parcel.ts';
import { moneySchema } from '../kernel/money.ts';
import { instantSchema } from '../kernel/time.ts';
import { orderStatuses, PARCEL_STEPS } from './order.ts';

export const orderStatusSchema = z.enum(orderStatuses).meta({
  id: 'OrderStatus',
  description: [
    "The order's status; with several parcels, that of the slowest one.",
    '`placed`: stock is reserved, the order waits for payment.',
    '`authorised`: the money is authorised, the order is being checked.',
    '`held`: a person has to decide.',
    '`released`: checked; the money is being taken.',
    '`paid`: the money was taken.',
    '`booked`: every parcel has a label and a tracking number.',
    '`cleared`: customs does not prevent dispatch.',
    '`fulfilling`: the warehouse packs.',
    '`cancelling`: the warehouse was asked to stop.',
    '`dispatched`: every parcel has left.',
    '`delivered`: every parcel was delivered, except for those that were closed.',
    '`closed`: every parcel was closed as lost or returned.',
    '`delivered`, `closed`, `cancelled`, `expired` (never paid): the order has ended.',
  ].join('\n'),
});

const trackingStatusSchema = z.enum(trackingStatuses).meta({
  id: 'TrackingStatus',
  description: "The carrier's latest status of the parcel, as one of our statuses",
});

export const scanViewSchema = z
  .strictObject({
    status: trackingStatusSchema,
    /** The carrier's own word for it. */
    carrierStatus: z.string(),
    scannedAt: instantSchema,
    /** The scanned carton, if the parcel has several. */
    trackingNumber: z.string().optional(),
    city: z.string().optional(),
    country: z.string().optional(),
  })
  .meta({ id: 'ParcelScan' });

export const pieceViewSchema = z
  .strictObject({
    trackingNumber: z.string(),
    trackingStatus: trackingStatusSchema.optional(),
    deliveredAt: instantSchema.optional(),
  })
  .meta({ id: 'OrderPiece' });

export const parcelViewSchema = z
  .strictObject({
    parcelId: z.string(),
    consignmentId: z.string(),
    warehouseId: z.string(),
    /** Warehouses that it passes on its way to the carrier. */
    via: z.array(z.string()).optional(),
    progress: z
      .enum(PARCEL_STEPS)
      .meta({ id: 'ParcelProgress', description: 'The latest stage that the parcel has reached' }),
    carrier: z.string().optional(),
    /** Of the first carton, if there are several. */
    trackingNumber: z.string().optional(),
    /** The carrier's status; with several cartons, that of the carton furthest behind. */
    trackingStatus: trackingStatusSchema.optional(),
    /** Its cartons, if there are several. */
    pieces: z.array(pieceViewSchema).optional(),
    weightGrams: z.int().optional(),
    /** As it was quoted. */
    promise: promiseSchema,
    /** The latest instant of the promise, moved by the wait for payment, by a check of the order, and by customs. */
    promisedBy: instantSchema,
    deliveredAt: instantSchema.optional(),
    /** How it ended, if a person has closed it. */
    closed: z
      .strictObject({ outcome: z.enum(parcelOutcomes), closedAt: instantSchema })
      .meta({ id: 'ParcelClosing' })
      .optional(),
    /** It arrived after the promise, or the promise has passed and it has not arrived. */
    late: z.boolean(),
    scans: z.array(scanViewSchema),
  })
  .meta({ id: 'OrderParcel' });

/** The last part of the name of the latest `declaration.` fact. */
export const declarationStatuses = [
  'filed',
  'accepted',
  'queried',
  'released',
  'refused',
  'invalidated',
] as const satisfies readonly LastPart<'declaration'>[];

type LastPart<First extends string> = FactName extends infer Name
  ? Name extends `${First}.${infer Last}`
    ? Last
    : never
  : never;

export const declarationViewSchema = z
  .strictObject({
    declarationId: z.string(),
    parcelId: z.string(),
    dataSet: z.string(),
    status: z
      .enum(declarationStatuses)
      .meta({ id: 'DeclarationStatus', description: 'The state of the customs declaration' }),
    mrn: z.string().optional(),
  })
  .meta({ id: 'OrderDeclaration' });

const paymentStatuses = [
  'waiting',
  'started',
  'failed',
  'authorised',
  'captured',
  'partially_refunded',
  'refunded',
  'voided',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

const paymentStatusSchema = z.enum(paymentStatuses).meta({
  id: 'PaymentStatus',
  description: [
    '`waiting`: the provider gave no answer yet.',
    '`started`: the shopper can pay; for a payment that was left, it is not void yet.',
    '`failed`: the latest attempt was declined; the shopper may try again on the same intent.',
    '`authorised`: the whole amount is held and not taken.',
    '`captured`: the whole amount was taken.',
    '`partially_refunded`: a part of it went back; `refunded` has the amount.',
    '`refunded`: all of it went back.',
    '`voided`: the intent or its authorisation was voided and no money moved.',
  ].join('\n'),
});

const instalmentViewSchema = z
  .strictObject({
    n: z.int(),
    amount: moneySchema.meta({ description: 'What is owed of it, or was paid: less what refunds lowered' }),
    dueAt: instantSchema,
    status: z.enum(['due', 'charging', 'paid', 'declined', 'dropped']).meta({
      description:
        '`declined`: it is tried again at `retryAt`, or not by itself. `dropped`: a refund or a stop of the order ended it.',
    }),
    retryAt: instantSchema.optional(),
  })
  .meta({ id: 'OrderInstalment' });

export type InstalmentView = z.infer<typeof instalmentViewSchema>;

export const paymentViewSchema = z
  .strictObject({
    paymentId: z.string(),
    method: z.string(),
    provider: z.string(),
    status: paymentStatusSchema,
    captured: moneySchema.meta({ description: 'The total captured amount' }),
    refunded: moneySchema.meta({ description: 'The captured amount that was returned to the shopper' }),
    /** Of an order in instalments. */
    instalments: z.array(instalmentViewSchema).optional(),
  })
  .meta({ id: 'OrderPayment' });

export const refundedUnitsSchema = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    quantity: z.int().min(1).meta({ description: 'The units of the line whose price went back' }),
    amount: moneySchema.meta({ description: 'What went back for them, with duty, tax and fees' }),
  })
  .meta({ id: 'RefundedUnits' });

const deliverySlotViewSchema = z
  .strictObject({
    slotId: z.string(),
    carrier: z.string(),
    from: instantSchema,
    to: instantSchema,
    status: z
      .enum(['booked', 'freed'])
      .meta({ description: '`freed`: the order was stopped, and the place can be booked again' }),
  })
  .meta({ id: 'OrderDeliverySlot' });

const factNameSchema = z.enum(factNames.filter(isShown)).meta({
  id: 'FactName',
  description: factDefinitions
    .filter(({ name }) => isShown(name))
    .map(({ name, description }) => `\`${name}\`: ${description}`)
    .join('\n'),
});

type Internal = `freight.${string}` | `evidence.${string}` | 'order.attention_cleared';

/**
 * A carrier's invoices, the evidence for disputes and the operators' list do not concern the shopper: only operators
 * see these facts.
 */
export function isShown(name: FactName): name is Exclude<FactName, Internal> {
  return !name.startsWith('freight.') && !name.startsWith('evidence.') && name !== 'order.attention_cleared';
}

const timelineEntrySchema = z
  .strictObject({
    sequence: z.int().min(1),
    fact: factNameSchema,
    occurredAt: instantSchema,
    by: causeSchema.shape.by.meta({
      id: 'CausedBy',
      description: 'The person or the system that caused the fact',
    }),
  })
  .meta({ id: 'TimelineEntry' });

export const orderViewSchema = z
  .strictObject({
    orderId: z.string(),
    status: orderStatusSchema,
    placedAt: instantSchema,
    /** The short code of the guaranteed price. */
    guaranteeCode: z.string().optional(),
    landedCost: landedCostSchema,
    /** Grams of CO2 equivalent of transport and cartons; each consignment shows the calculation. */
    carbonGrams: z.int().min(0).optional(),
    parcels: z.array(parcelViewSchema),
    declarations: z.array(declarationViewSchema),
    /** The one that pays the order, and then those that were left for another method or provider. */
    payments: z.array(paymentViewSchema),
    /** The units of lines whose price went back; absent if no refund named units. */
    refundedLines: z.array(refundedUnitsSchema).optional(),
    deliverySlot: deliverySlotViewSchema.optional(),
    timeline: z.array(timelineEntrySchema),
  })
  .meta({ id: 'Order' });

export type OrderView = z.infer<typeof orderViewSchema>;
