import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { weightGramsSchema } from '../shared/kernel/measure.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { defineFact } from './envelope.ts';
import { skuSchema } from './landed-cost.ts';

const parcelId = idSchema('parcel');

/** Our tracking statuses, in the order in which a parcel usually has them. */
export const trackingStatuses = [
  'label_created',
  'accepted',
  'in_transit',
  'export_customs',
  'import_customs',
  'customs_hold',
  'customs_released',
  'out_for_delivery',
  'available_for_pickup',
  'attempt_failed',
  'delivered',
  'returning',
  'returned',
  'exception',
  'lost',
  'cancelled',
] as const;

export type TrackingStatus = (typeof trackingStatuses)[number];

/** One carton of a parcel with its label. */
const pieceSchema = z.strictObject({
  carrierShipmentId: z.string(),
  trackingNumber: z.string(),
  /** As below. */
  labelUrl: z.string().optional(),
  cost: moneySchema,
});

const ParcelBooked = defineFact({
  name: 'parcel.booked',
  version: 1,
  description: 'The carrier issued a label and a tracking number for each carton of the parcel.',
  data: z.strictObject({
    parcelId,
    carrier: z.string(),
    service: z.string(),
    /** Those of the first carton; most parcels have only one. */
    carrierShipmentId: z.string(),
    trackingNumber: z.string(),
    /** The label shows the consignee's address: the link is in no event, and absent after the erasure. */
    labelUrl: z.string().optional(),
    /** Of all cartons. */
    cost: moneySchema,
    /** Every carton, in the order in which the consignment was packed; absent if there is one. */
    pieces: z.array(pieceSchema).min(2).optional(),
  }),
});

const ParcelLabelVoided = defineFact({
  name: 'parcel.label_voided',
  version: 1,
  description:
    'No label of a stopped parcel is left at the carrier: the unused ones of all its cartons were voided.',
  data: z.strictObject({ parcelId }),
});

const ParcelCleared = defineFact({
  name: 'parcel.cleared',
  version: 1,
  description: 'Customs does not prevent dispatch.',
  data: z.strictObject({ parcelId, basis: z.enum(['declaration-released', 'no-customs-border']) }),
});

const ParcelUndeclared = defineFact({
  name: 'parcel.undeclared',
  version: 1,
  description: 'The broker has no declaration of a stopped parcel, and refuses one that arrives later.',
  data: z.strictObject({ parcelId }),
});

const ParcelScanned = defineFact({
  name: 'parcel.scanned',
  version: 1,
  description: 'The carrier scanned the parcel.',
  data: z.strictObject({
    parcelId,
    /** The scanned carton, if the parcel has several. */
    trackingNumber: z.string().optional(),
    status: z.enum(trackingStatuses),
    /** The carrier's own status, beside ours. Its free text is left out: carriers write there who signed. */
    carrierStatus: z.string(),
    scannedAt: instantSchema,
    /** The city is in no event, and absent after the erasure. */
    place: z.strictObject({ city: z.string().optional(), country: z.string().optional() }),
    /** Identifies the scan, so that it counts once. */
    scanId: z.string(),
  }),
});

const ParcelDelivered = defineFact({
  name: 'parcel.delivered',
  version: 1,
  description: 'The carrier handed the last carton of the parcel to the consignee.',
  data: z.strictObject({ parcelId, deliveredAt: instantSchema }),
});

const ParcelPromiseBroken = defineFact({
  name: 'parcel.promise_broken',
  version: 1,
  description: 'The parcel missed its delivery promise: recorded once, by the clock or by a late delivery.',
  data: z.strictObject({
    parcelId,
    /** As quoted, moved by the wait for payment, screening and customs. */
    promisedBy: instantSchema,
    /** When it finally arrived; absent if it was still under way. */
    deliveredAt: instantSchema.optional(),
  }),
});

const ParcelPacked = defineFact({
  name: 'parcel.packed',
  version: 1,
  description: 'The warehouse packed and weighed the parcel.',
  data: z.strictObject({ parcelId, weightGrams: weightGramsSchema }),
});

const ParcelDispatched = defineFact({
  name: 'parcel.dispatched',
  version: 1,
  description: 'The warehouse handed the parcel to the carrier: the goods left our stock.',
  data: z.strictObject({
    parcelId,
    /** The dispatch order that it left with: another one of the parcel may have been cancelled or have replaced it. */
    dispatchId: idSchema('dispatch'),
    handedOverAt: instantSchema,
  }),
});

/** How a parcel ends that is not delivered. */
export const parcelOutcomes = ['lost', 'returned', 'stopped'] as const;
export type ParcelOutcome = (typeof parcelOutcomes)[number];

/** What a person decides about the price of a closed parcel: its whole share, nothing, or an amount. */
export const closingRefundSchema = z.union([z.enum(['share', 'none']), moneySchema]);

/** Units of a SKU that came back, as the warehouse counted them. */
export const restockSchema = z
  .strictObject({
    sku: skuSchema,
    /** Units that can be sold again. */
    sellable: z.int().min(0),
    /** Units that came back and can't be sold. */
    writtenOff: z.int().min(0),
  })
  .meta({ id: 'Restock' });

const ParcelClosed = defineFact({
  name: 'parcel.closed',
  version: 1,
  description:
    'A person has closed a parcel that is lost, was returned to the sender, or was stopped while another parcel left.',
  data: z.strictObject({
    parcelId,
    outcome: z.enum(parcelOutcomes),
    /** The goods of a returned parcel that came back; those that are not named did not. */
    restock: z.array(restockSchema).min(1).optional(),
    refund: closingRefundSchema,
  }),
});

export const parcelFacts = [
  ParcelBooked,
  ParcelLabelVoided,
  ParcelCleared,
  ParcelUndeclared,
  ParcelPacked,
  ParcelDispatched,
  ParcelScanned,
  ParcelDelivered,
  ParcelPromiseBroken,
  ParcelClosed,
] as const;
