import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newHexId } from '../../../../../infra/sandbox/random.ts';
import { writeTrackingNumber } from '../../../../../infra/sandbox/tracking-number.ts';
import { laneOf } from './rates.ts';
import { EasyPostRefusal, notFound } from './refusal.ts';
import { placeOf, Trackers } from './tracker.ts';
import type { EasyPostAddress, EasyPostLabel, EasyPostRate, EasyPostShipment } from './wire.ts';

/** How long a carrier takes to refund postage (before pacing). */
const refundDelayMs = 600;

/** Keeps EasyPost's shipments, and carries out the operations on them. */
export class EasyPostDesk {
  readonly #sandbox: Sandbox;
  readonly #trackers: Trackers;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#trackers = new Trackers(sandbox);
  }

  save(shipment: EasyPostShipment): EasyPostShipment {
    const changed = { ...shipment, updated_at: this.#nowIso() };
    this.#sandbox.store.put('easypost.shipment', changed.id, changed, changed.reference);
    return changed;
  }

  saveAddress(address: EasyPostAddress & { readonly id: string }): EasyPostAddress {
    this.#sandbox.store.put('easypost.address', address.id, address);
    return address;
  }

  /** The address that was made under that id. */
  address(id: string): EasyPostAddress | undefined {
    return this.#sandbox.store.get<EasyPostAddress>('easypost.address', id);
  }

  /** The importer of record that the shipment names; undefined where it names none. */
  importerOf({ options }: EasyPostShipment): EasyPostAddress | undefined {
    const id = options.importer_address_id;
    return typeof id === 'string' ? this.address(id) : undefined;
  }

  /** Finds a shipment by id or by reference. If several shipments have the reference, the newest one is given. */
  find(id: string): EasyPostShipment | undefined {
    const { store } = this.#sandbox;
    return (
      store.get<EasyPostShipment>('easypost.shipment', id) ??
      store.withReference<EasyPostShipment>('easypost.shipment', id)[0]
    );
  }

  /** Throws EasyPost's 404 for an unknown id. */
  read(id: string): EasyPostShipment {
    const shipment = this.find(id);
    if (shipment === undefined) throw notFound();
    return shipment;
  }

  /** The shipment in EasyPost's format, with the current state of its tracker and the URL of its label. */
  render(shipment: EasyPostShipment): EasyPostShipment {
    const label = shipment.postage_label;
    const tracker = shipment.tracker === null ? null : (this.#trackers.find(shipment.tracker.id) ?? null);
    const url = `${this.#sandbox.url()}/labels/${shipment.id}.pdf`;
    return {
      ...shipment,
      tracker,
      status: tracker?.status ?? shipment.status,
      postage_label: label === null ? null : { ...label, label_url: url, label_pdf_url: url },
    };
  }

  /** Buys a label at one of the shipment's rates. From then on the parcel may be handed over. */
  buy(shipment: EasyPostShipment, body: unknown): EasyPostShipment {
    if (shipment.postage_label !== null) {
      throw new EasyPostRefusal(422, 'SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.');
    }
    const rate = chosenRate(shipment, body);
    const behaviour = this.#sandbox.behaviour(JSON.stringify(shipment));
    if (behaviour === 'refused')
      throw new EasyPostRefusal(422, 'SHIPMENT.POSTAGE.FAILURE', 'The carrier refuses this shipment.');
    const { country } = shipment.from_address;
    const number = this.#sandbox.store.next('easypost.parcel');
    const trackingCode = writeTrackingNumber(rate.carrier, country, number);
    this.#register(shipment, trackingCode, behaviour);
    return this.save({
      ...shipment,
      selected_rate: rate,
      tracking_code: trackingCode,
      tracker: this.#trackers.create(shipment, rate, trackingCode),
      status: 'pre_transit',
      fees: [{ object: 'Fee', type: 'PostageFee', amount: rate.rate, charged: true, refunded: false }],
      postage_label: newLabel(this.#nowIso()),
    });
  }

  /** Requests a refund of the postage. Refused if a carrier has already scanned the parcel. */
  refund(shipment: EasyPostShipment): EasyPostShipment {
    if (shipment.postage_label === null)
      throw new EasyPostRefusal(422, 'SHIPMENT.REFUND.UNAVAILABLE', 'The shipment has no postage to refund.');
    if (shipment.refund_status === 'refunded' || shipment.refund_status === 'submitted') return shipment;
    if (this.#isScanned(shipment)) return this.save({ ...shipment, refund_status: 'rejected' });
    this.#sandbox.later('easypost.refund', refundDelayMs, { shipment: shipment.id });
    return this.save({ ...shipment, refund_status: 'submitted' });
  }

  settleRefund(data: { readonly shipment: string }): void {
    const shipment = this.read(data.shipment);
    const isScanned = this.#isScanned(shipment);
    this.save({
      ...shipment,
      refund_status: isScanned ? 'rejected' : 'refunded',
      fees: shipment.fees.map((fee) => ({ ...fee, refunded: !isScanned })),
    });
    if (!isScanned && shipment.tracker !== null) this.#trackers.cancel(shipment.tracker.id);
  }

  #isScanned(shipment: EasyPostShipment): boolean {
    return this.render(shipment).status !== 'pre_transit';
  }

  #register(shipment: EasyPostShipment, trackingNumber: string, behaviour: Behaviour | undefined): void {
    const { from_address, to_address } = shipment;
    const crossesBorder = laneOf(from_address.country, to_address.country) === 'cross_border';
    this.#sandbox.parcels.register({
      trackingNumber,
      route: { from: placeOf(from_address), to: placeOf(to_address), crossesBorder },
      behaviour,
    });
  }

  #nowIso(): string {
    return new Date(this.#sandbox.now()).toISOString();
  }
}

function chosenRate(shipment: EasyPostShipment, body: unknown): EasyPostRate {
  const rateId = (body as { rate?: { id?: string } }).rate?.id;
  const rate = shipment.rates.find((one) => one.id === rateId);
  if (rate !== undefined) return rate;
  throw new EasyPostRefusal(422, 'SHIPMENT.RATE.UNAVAILABLE', 'The rate is not one of this shipment.', [
    { field: 'rate', message: 'not found' },
  ]);
}

function newLabel(at: string): EasyPostLabel {
  return {
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
  };
}
