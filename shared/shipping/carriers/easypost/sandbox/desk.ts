import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newHexId } from '../../../../../infra/sandbox/random.ts';
import { labelScan } from '../../../../../infra/sandbox/simulation/route.ts';
import type { Simulation } from '../../../../../infra/sandbox/simulation/simulation.ts';
import { writeTrackingNumber } from '../../../../../infra/sandbox/tracking-number.ts';
import { laneOf } from './rates.ts';
import { EasyPostRefusal, notFound } from './refusal.ts';
import type { EasyPostShipment, EasyPostTracker } from './wire.ts';

/** How long a carrier takes to give postage back (before pacing). */
const refundDelayMs = 600;

/** EasyPost's shipments, and what may be done with them. */
export function createEasyPostDesk(sandbox: Sandbox, simulation: Simulation) {
  const { store, faults } = sandbox;
  const nowIso = () => new Date(sandbox.now()).toISOString();

  const save = (shipment: EasyPostShipment): EasyPostShipment => {
    const changed = { ...shipment, updated_at: nowIso() };
    store.put('easypost.shipment', changed.id, changed, changed.reference);
    return changed;
  };

  /** By id, or by reference: then the newest one. */
  const find = (id: string): EasyPostShipment | undefined =>
    store.get<EasyPostShipment>('easypost.shipment', id) ??
    store.withReference<EasyPostShipment>('easypost.shipment', id)[0];

  const read = (id: string): EasyPostShipment => {
    const shipment = find(id);
    if (shipment === undefined) throw notFound();
    return shipment;
  };

  /** The shipment as EasyPost shows it: with its tracker as it is now, and the label's address on this server. */
  const render = (shipment: EasyPostShipment): EasyPostShipment => {
    const label = shipment.postage_label;
    const tracker =
      shipment.tracker === null
        ? null
        : (store.get<EasyPostTracker>('easypost.tracker', shipment.tracker.id) ?? null);
    const url = `${sandbox.urlOf('easypost')}/labels/${shipment.id}.pdf`;
    return {
      ...shipment,
      tracker,
      status: tracker?.status ?? shipment.status,
      postage_label: label === null ? null : { ...label, label_url: url, label_pdf_url: url },
    };
  };

  const buy = (shipment: EasyPostShipment, body: unknown): EasyPostShipment => {
    if (shipment.postage_label !== null) {
      throw new EasyPostRefusal(422, 'SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.');
    }
    const rateId = (body as { rate?: { id?: string } }).rate?.id;
    const rate = shipment.rates.find((one) => one.id === rateId);
    if (rate === undefined)
      throw new EasyPostRefusal(422, 'SHIPMENT.RATE.UNAVAILABLE', 'The rate is not one of this shipment.', [
        { field: 'rate', message: 'not found' },
      ]);
    const trackingCode = writeTrackingNumber(
      rate.carrier,
      shipment.from_address.country,
      store.next('easypost.parcel'),
    );
    const at = nowIso();
    const behaviour = faults.behaviour('easypost', JSON.stringify(shipment));
    const lane = laneOf(shipment.from_address.country, shipment.to_address.country);
    const route = { from: shipment.from_address, to: shipment.to_address, carrier: rate.carrier, lane };
    const tracker: EasyPostTracker = {
      id: newHexId('trk'),
      object: 'Tracker',
      mode: 'test',
      tracking_code: trackingCode,
      status: 'pre_transit',
      status_detail: 'label_created',
      carrier: rate.carrier,
      shipment_id: shipment.id,
      signed_by: null,
      weight: null,
      est_delivery_date: new Date(sandbox.now() + rate.delivery_days * 86_400_000).toISOString(),
      tracking_details: [labelScan(route, at)],
      public_url: `${sandbox.urlOf('easypost')}/track/${trackingCode}`,
      finalized: false,
      is_return: false,
      created_at: at,
      updated_at: at,
    };
    simulation.register(tracker, route, behaviour);
    return save({
      ...shipment,
      selected_rate: rate,
      tracking_code: trackingCode,
      tracker,
      status: 'pre_transit',
      fees: [{ object: 'Fee', type: 'PostageFee', amount: rate.rate, charged: true, refunded: false }],
      postage_label: {
        id: newHexId('pl'),
        object: 'PostageLabel',
        label_date: at,
        label_file_type: 'application/pdf',
        label_resolution: 300,
        label_size: '4x6',
        label_type: 'default',
        label_url: '',
        label_pdf_url: '',
        label_zpl_url: null,
        label_epl2_url: null,
      },
    });
  };

  /** Postage comes back only while no carrier has scanned the parcel. */
  const refund = (shipment: EasyPostShipment): EasyPostShipment => {
    if (shipment.postage_label === null)
      throw new EasyPostRefusal(422, 'SHIPMENT.REFUND.UNAVAILABLE', 'The shipment has no postage to refund.');
    if (shipment.refund_status === 'refunded' || shipment.refund_status === 'submitted') return shipment;
    if (render(shipment).status !== 'pre_transit') return save({ ...shipment, refund_status: 'rejected' });
    sandbox.later('easypost.refund', refundDelayMs, { shipment: shipment.id });
    return save({ ...shipment, refund_status: 'submitted' });
  };

  const settleRefund = (data: { shipment: string }): void => {
    const shipment = read(data.shipment);
    const scanned = render(shipment).status !== 'pre_transit';
    save({
      ...shipment,
      refund_status: scanned ? 'rejected' : 'refunded',
      fees: shipment.fees.map((fee) => ({ ...fee, refunded: !scanned })),
    });
    if (!scanned && shipment.tracker !== null) simulation.cancel(shipment.tracker.id);
  };

  return { save, find, read, render, buy, refund, settleRefund };
}
