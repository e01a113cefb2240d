import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newHexId } from '../../../../../infra/sandbox/random.ts';
import type { ParcelScan } from '../../../../../infra/sandbox/simulation/parcels.ts';
import type { Place } from '../../../../../infra/sandbox/simulation/scan-place.ts';
import { collectCash } from './cash.ts';
import { sendTrackerEvent } from './event.ts';
import { finalStatuses, labelWord, type ScanWord, wordOf } from './scan-words.ts';
import type {
  EasyPostAddress,
  EasyPostEvent,
  EasyPostRate,
  EasyPostScan,
  EasyPostShipment,
  EasyPostTracker,
} from './wire.ts';

const DAY_MS = 86_400_000;

/** EasyPost's trackers. Each label has one tracker, and the carrier's scans update it. */
export class Trackers {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    sandbox.parcels.onScan((scan) => this.#takeScan(scan));
  }

  find(id: string): EasyPostTracker | undefined {
    return this.#sandbox.store.get<EasyPostTracker>('easypost.tracker', id);
  }

  /** Creates the tracker of a label that was just bought. */
  create(shipment: EasyPostShipment, rate: EasyPostRate, trackingCode: string): EasyPostTracker {
    const at = this.#nowIso();
    const from = placeOf(shipment.from_address);
    const details = [writeScan(labelWord, from, { at, carrier: rate.carrier })];
    const dueMs = this.#sandbox.now() + rate.delivery_days * DAY_MS;
    const tracker: EasyPostTracker = {
      id: newHexId('trk'),
      object: 'Tracker',
      mode: 'test',
      tracking_code: trackingCode,
      status: labelWord.status,
      status_detail: labelWord.detail,
      carrier: rate.carrier,
      shipment_id: shipment.id,
      signed_by: null,
      weight: null,
      est_delivery_date: new Date(dueMs).toISOString(),
      tracking_details: details,
      public_url: `${this.#sandbox.url()}/track/${trackingCode}`,
      finalized: false,
      is_return: false,
      created_at: at,
      updated_at: at,
    };
    this.#report('tracker.created', this.#save(tracker));
    return tracker;
  }

  /** Ends the tracker after the postage was refunded, because its number will never be used. */
  cancel(id: string): void {
    const tracker = this.find(id);
    if (tracker === undefined) return;
    const cancelled = { status: 'cancelled', status_detail: 'cancelled', finalized: true } as const;
    this.#report('tracker.updated', this.#save({ ...tracker, ...cancelled }));
  }

  #takeScan(scan: ParcelScan): void {
    const [tracker] = this.#sandbox.store.withReference<EasyPostTracker>(
      'easypost.tracker',
      scan.trackingNumber,
    );
    if (tracker === undefined) return;
    const word = wordOf(scan.kind);
    const detail = writeScan(word, scan.place, { at: scan.occurredAt, carrier: tracker.carrier });
    const scanned = this.#save({
      ...tracker,
      status: word.status,
      status_detail: word.detail,
      signed_by: word.status === 'delivered' ? this.#consigneeOf(tracker) : tracker.signed_by,
      tracking_details: [...tracker.tracking_details, detail],
      finalized: finalStatuses.includes(word.status),
    });
    const shipment = this.#shipmentOf(tracker);
    if (word.status === 'delivered' && shipment !== undefined) collectCash(this.#sandbox, shipment);
    this.#report('tracker.updated', scanned);
  }

  #consigneeOf(tracker: EasyPostTracker): string | null {
    return this.#shipmentOf(tracker)?.to_address.name ?? null;
  }

  #shipmentOf(tracker: EasyPostTracker): EasyPostShipment | undefined {
    return this.#sandbox.store.get<EasyPostShipment>('easypost.shipment', tracker.shipment_id);
  }

  #save(tracker: EasyPostTracker): EasyPostTracker {
    const changed = { ...tracker, updated_at: this.#nowIso() };
    this.#sandbox.store.put('easypost.tracker', changed.id, changed, changed.tracking_code);
    return changed;
  }

  #report(description: EasyPostEvent['description'], tracker: EasyPostTracker): void {
    const reference = this.#shipmentOf(tracker)?.reference ?? '';
    const references = [tracker.tracking_code, tracker.shipment_id, reference].join(' ');
    sendTrackerEvent(this.#sandbox, description, tracker, references);
  }

  #nowIso(): string {
    return new Date(this.#sandbox.now()).toISOString();
  }
}

/** The place of an address, for the simulation of the parcel's journey. */
export function placeOf({ city, state, zip, country }: EasyPostAddress): Place {
  return { city, region: state, postalCode: zip, country };
}

/** A scan in EasyPost's format. */
function writeScan(
  word: ScanWord,
  place: Place,
  { at, carrier }: { readonly at: string; readonly carrier: string },
): EasyPostScan {
  return {
    object: 'TrackingDetail',
    message: word.message,
    description: word.message,
    status: word.status,
    status_detail: word.detail,
    datetime: at,
    source: carrier,
    carrier_code: '',
    tracking_location: {
      object: 'TrackingLocation',
      city: place.city,
      state: place.region ?? null,
      country: place.country,
      zip: place.postalCode ?? null,
    },
  };
}
