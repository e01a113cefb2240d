import { hourMs, later } from '../../shared/kernel/time.ts';
import { now } from '../builders/real-basket.ts';

/** Bodies of partners' calls in the length and the words that their documentation shows. */
export interface CallBodies {
  payment(): Buffer;
  customs(lrn: string, status: string): Buffer;
  warehouse(dispatchId: string, status: string): Buffer;
  carrier(trackingNumber: string, scans: number): Buffer;
}

/** The calls about one order. A carrier sends every scan so far with each call. */
export function callBodies(orderId: string): CallBodies {
  return {
    payment: () => json(stripeEvent(orderId)),
    customs: (lrn, status) =>
      json({
        ...{ type: `declaration.${status}`, timestamp: now },
        data: {
          lrn,
          mrn: '26DE1234567890ABC1',
          status,
          authorityCode: 'IM429',
          occurredAt: now,
          reasons: [],
        },
      }),
    warehouse: (dispatchId, status) =>
      json({
        ...{ type: `dispatch.${status}`, timestamp: now },
        data: { dispatchId, status, occurredAt: now, weightGrams: 412, warehouse: 'cn-shenzhen' },
      }),
    carrier: (trackingNumber, scans) => json(easypostEvent(trackingNumber, scans)),
  };
}

const json = (body: object) => Buffer.from(JSON.stringify(body));

const stripeEvent = (orderId: string) => ({
  ...{ id: 'evt_3QxTl2LkdIwHu7ix0aVb6tYw', object: 'event', api_version: '2026-09-30.clover' },
  ...{ created: 1795428000, livemode: false, pending_webhooks: 1 },
  type: 'payment_intent.amount_capturable_updated',
  request: { id: 'req_rkfRA3mSAYdGzB', idempotency_key: `start:${orderId}` },
  data: {
    object: {
      ...{ id: 'pi_3QxTl2LkdIwHu7ix0bT4yGcK', object: 'payment_intent', amount: 7378, currency: 'eur' },
      ...{ amount_capturable: 7378, amount_received: 0, amount_details: { tip: {} }, application: null },
      ...{ automatic_payment_methods: null, canceled_at: null, cancellation_reason: null },
      ...{
        capture_method: 'manual',
        client_secret: 'pi_3QxTl2LkdIwHu7ix0bT4yGcK_secret_YrKJUKribcBjcG8HVhfZluoGH',
      },
      ...{ confirmation_method: 'automatic', created: 1795427990, customer: null, description: null },
      ...{ last_payment_error: null, latest_charge: 'ch_3QxTl2LkdIwHu7ix0sZ1kVtN', livemode: false },
      metadata: { orderId, paymentId: orderId.replace('ord', 'pay') },
      ...{ next_action: null, on_behalf_of: null, payment_method: 'pm_1QxTl1LkdIwHu7ixFq0cWn8A' },
      payment_method_options: { card: { request_three_d_secure: 'automatic', mandate_options: null } },
      ...{ payment_method_types: ['card'], processing: null, receipt_email: null, review: null },
      ...{ setup_future_usage: null, shipping: null, source: null, statement_descriptor: null },
      ...{ status: 'requires_capture', transfer_data: null, transfer_group: null },
    },
  },
});

const easypostEvent = (trackingNumber: string, scans: number) => ({
  ...{ id: 'evt_b5fd2ef8e0ae4a63b9fde8d3b8ec8a2c', object: 'Event', mode: 'test' },
  ...{ description: 'tracker.updated', created_at: now, updated_at: now, status: 'pending' },
  ...{
    previous_attributes: { status: 'pre_transit' },
    pending_urls: ['https://shop.example/v1/hooks/carrier/easypost'],
  },
  ...{ completed_urls: [], user_id: 'user_060ab38db3c04ffaa60f262e5781a9be' },
  result: {
    ...{
      id: 'trk_02fb1d6b5bbd4ab5bd6ef8c8b2b4a1f4',
      object: 'Tracker',
      mode: 'test',
      tracking_code: trackingNumber,
    },
    ...{ status: 'in_transit', status_detail: 'arrived_at_facility', created_at: now, updated_at: now },
    ...{
      signed_by: null,
      weight: 17.6,
      est_delivery_date: now,
      shipment_id: 'shp_2b8e4ce9d22e4b4ba6dcb2a0aa8a1b6e',
    },
    ...{ carrier: 'DHLExpress', public_url: `https://track.easypost.com/djE6${trackingNumber}`, fees: [] },
    tracking_details: Array.from({ length: scans }, (_, at) => ({
      ...{
        object: 'TrackingDetail',
        message: 'Arrived at DHL Sort Facility',
        description: 'ARRIVED_AT_FACILITY',
      },
      ...{ status: 'in_transit', status_detail: 'arrived_at_facility', datetime: later(now, at * hourMs) },
      ...{ source: 'DHLExpress', carrier_code: 'AR' },
      tracking_location: {
        ...{ object: 'TrackingLocation', city: 'FRANKFURT', state: null, country: 'DE', zip: null },
      },
    })),
    carrier_detail: {
      ...{ object: 'CarrierDetail', service: 'EXPRESS WORLDWIDE', container_type: null },
      ...{
        est_delivery_date_local: null,
        est_delivery_time_local: null,
        origin_location: 'SHENZHEN - CHINA',
      },
      ...{
        destination_location: 'BERLIN - GERMANY',
        guaranteed_delivery_date: null,
        alternate_identifier: null,
      },
    },
  },
});
