import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { instantSchema } from '../shared/kernel/time.ts';
import { allocationSchema } from './allocation.ts';
import { channelSchema } from './costs.ts';
import { defineFact } from './envelope.ts';
import { instalmentPlanSchema } from './instalments.ts';
import { landedCostSchema } from './landed-cost.ts';
import { feeRuleSchema } from './payment-fee.ts';

const OrderPlaced = defineFact({
  name: 'order.placed',
  version: 1,
  description: 'The quote became an order: stock is reserved at the planned warehouses.',
  data: z.strictObject({
    storefrontId: z.string(),
    /** What brought the shopper to the storefront, by a code of the merchant; absent if the storefront named none. */
    channel: channelSchema.optional(),
    quoteId: idSchema('quote'),
    /** The short code of the guaranteed price, for shopper and support. */
    guaranteeCode: z.string().optional(),
    landedCost: landedCostSchema,
    /** Why the goods come from these warehouses. */
    allocation: allocationSchema.optional(),
    payment: z.strictObject({
      paymentId: idSchema('payment'),
      method: z.string(),
      provider: z.string(),
      /** The shopper pays the carrier in cash; absent otherwise. */
      isCash: z.literal(true).optional(),
      /**
       * Captured when a parcel leaves, once when the last one leaves, or when the carrier delivers a parcel against
       * cash; absent: after screening, or at once.
       */
      captureAt: z.enum(['dispatch', 'last-dispatch', 'delivery']).optional(),
      /** The merchant's own instalments; absent: paid in one amount. */
      plan: instalmentPlanSchema.optional(),
      /** What the provider is expected to keep of each capture, by the terms or list of the day; absent: unknown. */
      feeRule: feeRuleSchema.optional(),
    }),
    /** One parcel per consignment, numbered when the order is placed so that every later effect has a name. */
    parcels: z.array(z.strictObject({ parcelId: idSchema('parcel'), consignmentId: z.string() })).min(1),
    /** When the reservation lapses unless the shopper has begun to pay, UTC. */
    reservedUntil: instantSchema,
    /** When it lapses at the latest unless the payment is authorised, UTC; `reservedUntil` if absent. */
    payableUntil: instantSchema.optional(),
    /** The booked delivery slot, UTC; absent without one. */
    deliverySlot: z
      .strictObject({ slotId: z.string(), from: instantSchema, to: instantSchema, carrier: z.string() })
      .optional(),
  }),
});

const OrderCancellationRequested = defineFact({
  name: 'order.cancellation_requested',
  version: 1,
  description: 'Shopper or merchant asked to stop an order whose goods the warehouse is already working on.',
  data: z.strictObject({ reason: z.string() }),
});

const OrderCancellationRefused = defineFact({
  name: 'order.cancellation_refused',
  version: 1,
  description: 'The parcel had already left: the order continues.',
  data: z.strictObject({ reason: z.string() }),
});

const OrderCancelled = defineFact({
  name: 'order.cancelled',
  version: 1,
  description: 'The order stopped before dispatch: stock is released, money is returned.',
  data: z.strictObject({
    reason: z.enum([
      'asked-for',
      'screening-refused',
      'stock-short',
      'customs-refused',
      'operator',
      /** The payment provider does not accept this payment: no intent was made. */
      'payment-refused',
    ]),
  }),
});

const OrderExpired = defineFact({
  name: 'order.expired',
  version: 1,
  description: 'No payment came in the time that its method allows: stock is released.',
  data: z.strictObject({}),
});

const OrderHeld = defineFact({
  name: 'order.held',
  version: 1,
  description: 'Something needs a person: the order is on the work list with the reason.',
  data: z.strictObject({
    reason: z.string(),
    parcelId: idSchema('parcel').optional(),
    /** The carton that it concerns, if the parcel has several. */
    trackingNumber: z.string().optional(),
    /** The label that it concerns, by the carrier's name of it. */
    carrierShipmentId: z.string().optional(),
    /** The dispatch order that it concerns: a parcel may have had several. */
    dispatchId: idSchema('dispatch').optional(),
  }),
});

const OrderOverdue = defineFact({
  name: 'order.overdue',
  version: 1,
  description: 'A step is late, and repeating it did not help or can not help.',
  data: z.strictObject({
    waitingFor: z.string(),
    /** The parcel whose step is late; absent where it is a step of the whole order. */
    parcelId: idSchema('parcel').optional(),
    since: instantSchema,
    attempts: z.int(),
    /** What must be repaired first, if known: reported at the first attempt. */
    reason: z.string().optional(),
  }),
});

const OrderAttentionCleared = defineFact({
  name: 'order.attention_cleared',
  version: 1,
  description: 'A person has looked at a reason for attention and ended it.',
  data: z.strictObject({
    reason: z.string(),
    parcelId: idSchema('parcel').optional(),
    /** As in the reason: the carton, if the parcel has several. */
    trackingNumber: z.string().optional(),
    /** As in the reason: the label. */
    carrierShipmentId: z.string().optional(),
    /** As in the reason: the dispatch order. */
    dispatchId: idSchema('dispatch').optional(),
  }),
});

const OrderDelivered = defineFact({
  name: 'order.delivered',
  version: 1,
  description: 'Every parcel of the order was delivered, except for those that a person has closed.',
  data: z.strictObject({}),
});

const OrderClosed = defineFact({
  name: 'order.closed',
  version: 1,
  description: 'A person has closed every parcel, none was delivered: the order has ended.',
  data: z.strictObject({}),
});

const OrderErasureRequested = defineFact({
  name: 'order.erasure_requested',
  version: 1,
  description:
    'Somebody asked to erase the personal data of the order: at once, or once the order has ended.',
  data: z.strictObject({ erasureId: idSchema('erasure') }),
});

const OrderErased = defineFact({
  name: 'order.erased',
  version: 1,
  description: 'The receipt of an erasure: nothing personal of the order is stored any more.',
  data: z.strictObject({
    basis: z.enum([
      'asked-for',
      /** The seller keeps personal data no longer than this. */
      'retention',
    ]),
    /** The request; absent where the time had passed. */
    erasureId: idSchema('erasure').optional(),
    /** The calls of partners and the labels that the order had, besides its customer and its addresses. */
    calls: z.int().min(0),
    labels: z.int().min(0),
    /** SHA-256 over the facts before this one, as they stay: the erasure changed no amount, date or step. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

export const orderFacts = [
  OrderPlaced,
  OrderCancellationRequested,
  OrderCancellationRefused,
  OrderCancelled,
  OrderExpired,
  OrderHeld,
  OrderOverdue,
  OrderAttentionCleared,
  OrderDelivered,
  OrderClosed,
  OrderErasureRequested,
  OrderErased,
] as const;
