import type { NewFact } from '../../events/all-events.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import { idOf } from './ids.ts';
import { landedCost } from './landed-cost.ts';

type Data<Name extends NewFact['name']> = Extract<NewFact, { name: Name }>['data'];
type Named<Name extends NewFact['name']> = Extract<NewFact, { name: Name }>;

export const paymentId = idOf('payment', 1);
export const parcelId = idOf('parcel', 1);
export const otherParcelId = idOf('parcel', 2);
const providerPaymentId = 'pi_1';
export const total = { amount: 3927, currency: 'EUR' } as const;

/** Half an hour after the order was placed. */
export const reservedUntil = '2026-11-23T10:30:00.000Z';

export function placed(over: Partial<Data<'order.placed'>> = {}): Named<'order.placed'> {
  const cost: LandedCost = over.landedCost ?? landedCost();
  return {
    name: 'order.placed',
    data: {
      storefrontId: 'shop',
      quoteId: idOf('quote', 1),
      landedCost: cost,
      payment: { paymentId, method: 'card', provider: 'stripe' },
      parcels: cost.consignments.map(({ consignmentId }, index) => ({
        parcelId: idOf('parcel', index + 1),
        consignmentId,
      })),
      reservedUntil,
      ...over,
    },
  };
}

export const started = (over: Partial<Data<'payment.started'>> = {}): Named<'payment.started'> => ({
  name: 'payment.started',
  data: { paymentId, provider: 'stripe', providerPaymentId, amount: total, ...over },
});

export const moved = (over: Partial<Data<'payment.moved'>> = {}): Named<'payment.moved'> => ({
  name: 'payment.moved',
  data: {
    ...{ paymentId, provider: 'stripe', method: 'card', country: 'DE', reason: 'no-answer' },
    to: { paymentId: idOf('payment', 2), provider: 'second', method: 'card' },
    ...over,
  },
});

export const failed = (over: Partial<Data<'payment.failed'>> = {}): Named<'payment.failed'> => ({
  name: 'payment.failed',
  data: { paymentId, code: 'card_declined', ...over },
});

export const authorised = (over: Partial<Data<'payment.authorised'>> = {}): Named<'payment.authorised'> => ({
  name: 'payment.authorised',
  data: { paymentId, amount: total, ...over },
});

export const captured = (over: Partial<Data<'payment.captured'>> = {}): Named<'payment.captured'> => ({
  name: 'payment.captured',
  data: { paymentId, amount: total, providerReference: 'ch_1', ...over },
});

export const voided = (): Named<'payment.voided'> => ({ name: 'payment.voided', data: { paymentId } });

export const refundRequested = (over: Partial<Data<'refund.requested'>> = {}): Named<'refund.requested'> => ({
  name: 'refund.requested',
  data: { paymentId, refundId: idOf('refund', 1), amount: total, reason: 'order-stopped', ...over },
});

export const refundPaid = (over: Partial<Data<'refund.paid'>> = {}): Named<'refund.paid'> => ({
  name: 'refund.paid',
  data: { paymentId, refundId: idOf('refund', 1), amount: total, providerReference: 're_1', ...over },
});

export const refundFailed = (over: Partial<Data<'refund.failed'>> = {}): Named<'refund.failed'> => ({
  name: 'refund.failed',
  data: { paymentId, refundId: idOf('refund', 1), code: 'expired_card', ...over },
});

export const released = (by: 'rules' | 'operator' = 'rules'): Named<'screening.released'> => ({
  name: 'screening.released',
  data: { findings: [], by },
});

export const screeningHeld = (): Named<'screening.held'> => ({
  name: 'screening.held',
  data: { findings: [] },
});

export const booked = (over: Partial<Data<'parcel.booked'>> = {}): Named<'parcel.booked'> => ({
  name: 'parcel.booked',
  data: {
    parcelId,
    carrier: 'easypost',
    service: 'standard',
    carrierShipmentId: 'shp_1',
    trackingNumber: 'TRACK1',
    labelUrl: 'https://labels.test/1.pdf',
    cost: { amount: 450, currency: 'EUR' },
    ...over,
  },
});

export const filed = (over: Partial<Data<'declaration.filed'>> = {}): Named<'declaration.filed'> => ({
  name: 'declaration.filed',
  data: {
    declarationId: idOf('declaration', 1),
    parcelId,
    broker: 'rest-broker',
    dataSet: 'EU_H7',
    lrn: 'LRN1',
    declared: {
      goods: { amount: 2400, currency: 'EUR' },
      duty: { amount: 300, currency: 'EUR' },
      tax: { amount: 627, currency: 'EUR' },
      fees: { amount: 0, currency: 'EUR' },
    },
    ...over,
  },
});

export const cleared = (over: Partial<Data<'parcel.cleared'>> = {}): Named<'parcel.cleared'> => ({
  name: 'parcel.cleared',
  data: { parcelId, basis: 'declaration-released', ...over },
});

/** The first dispatch order is of the first parcel, the second of the other one. */
const dispatchOf = (parcel: string | undefined) => idOf('dispatch', parcel === otherParcelId ? 2 : 1);

export const dispatchRequested = (
  over: Partial<Data<'dispatch.requested'>> = {},
): Named<'dispatch.requested'> => ({
  name: 'dispatch.requested',
  data: {
    dispatchId: dispatchOf(over.parcelId),
    parcelId,
    warehouseId: 'cn-shenzhen',
    warehouseSystem: 'wms',
    ...over,
  },
});

export function dispatched(over: Partial<Data<'parcel.dispatched'>> = {}): Named<'parcel.dispatched'> {
  const dispatchId = dispatchOf(over.parcelId);
  return {
    name: 'parcel.dispatched',
    data: { parcelId, dispatchId, handedOverAt: '2026-11-23T15:00:00.000Z', ...over },
  };
}

export const scanned = (over: Partial<Data<'parcel.scanned'>> = {}): Named<'parcel.scanned'> => ({
  name: 'parcel.scanned',
  data: {
    parcelId,
    status: 'in_transit',
    carrierStatus: 'in_transit',
    scannedAt: '2026-11-24T08:00:00.000Z',
    place: { country: 'DE' },
    scanId: 'scan-1',
    ...over,
  },
});

export const held = (reason: string, of?: string): Named<'order.held'> => ({
  name: 'order.held',
  data: { reason, ...(of === undefined ? {} : { parcelId: of }) },
});

export const cancellationRequested = (reason = 'asked-for'): Named<'order.cancellation_requested'> => ({
  name: 'order.cancellation_requested',
  data: { reason },
});

/** A label that the carrier has used: a person has to look. */
export const labelUsed = (carrierShipmentId = 'shp_1', of: string = parcelId): Named<'order.held'> => ({
  name: 'order.held',
  data: { reason: 'label-not-voided', parcelId: of, carrierShipmentId },
});

/** No label is left of a stopped parcel. */
export const labelVoided = (of: string = parcelId): Named<'parcel.label_voided'> => ({
  name: 'parcel.label_voided',
  data: { parcelId: of },
});

/** The broker has no declaration of a stopped parcel. */
export const undeclared = (of: string = parcelId): Named<'parcel.undeclared'> => ({
  name: 'parcel.undeclared',
  data: { parcelId: of },
});

export const cancelled = (
  reason: Data<'order.cancelled'>['reason'] = 'asked-for',
): Named<'order.cancelled'> => ({ name: 'order.cancelled', data: { reason } });

export const expired = (): Named<'order.expired'> => ({ name: 'order.expired', data: {} });

export function declarationReleased(): Named<'declaration.released'> {
  return {
    name: 'declaration.released',
    data: { declarationId: idOf('declaration', 1), parcelId, authorityCode: 'IM429', mrn: '26DE1' },
  };
}

/** The facts of the usual journey up to a stage, for one parcel over a customs border. */
export const untilStarted = (): NewFact[] => [placed(), started()];
export const untilAuthorised = (): NewFact[] => [...untilStarted(), authorised()];
export const untilReleased = (): NewFact[] => [...untilAuthorised(), released()];
export const untilPaid = (): NewFact[] => [...untilReleased(), captured()];
export const untilBooked = (): NewFact[] => [...untilPaid(), booked()];
export const untilCleared = (): NewFact[] => [...untilBooked(), filed(), declarationReleased(), cleared()];
export const untilFulfilling = (): NewFact[] => [...untilCleared(), dispatchRequested()];
export const untilDispatched = (): NewFact[] => [...untilFulfilling(), dispatched()];
