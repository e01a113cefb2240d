import type { Fact } from '../../events/catalog.ts';
import type { TrackingStatus } from '../../events/parcel.ts';
import type { Instant } from '../kernel/time.ts';

export interface ParcelScan {
  readonly scanId: string;
  readonly status: TrackingStatus;
  readonly scannedAt: Instant;
}

/** A parcel with its carrier, folded from the order's facts. */
export interface ParcelTracking {
  readonly parcelId: string;
  readonly carrier: string;
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  readonly labelUrl: string;
  readonly isVoided: boolean;
  readonly isDispatched: boolean;
  readonly isDelivered: boolean;
  /** Oldest first, whatever the order in which they were told. */
  readonly scans: readonly ParcelScan[];
}

/** The parcels that were booked, by id. */
export function trackingOf(facts: readonly Fact[]): Map<string, ParcelTracking> {
  const parcels = new Map<string, ParcelTracking>();
  const change = (parcelId: string, changed: Partial<ParcelTracking>) => {
    const parcel = parcels.get(parcelId);
    if (parcel !== undefined) parcels.set(parcelId, { ...parcel, ...changed });
  };
  for (const fact of facts) {
    if (fact.name === 'parcel.booked') {
      const { parcelId, carrier, carrierShipmentId, trackingNumber, labelUrl } = fact.data;
      parcels.set(parcelId, {
        ...{ parcelId, carrier, carrierShipmentId, trackingNumber, labelUrl },
        ...{ isVoided: false, isDispatched: false, isDelivered: false, scans: [] },
      });
    }
    if (fact.name === 'parcel.label_voided') change(fact.data.parcelId, { isVoided: true });
    if (fact.name === 'parcel.dispatched') change(fact.data.parcelId, { isDispatched: true });
    if (fact.name === 'parcel.delivered') change(fact.data.parcelId, { isDelivered: true });
    if (fact.name === 'parcel.scanned') {
      const { parcelId, scanId, status, scannedAt } = fact.data;
      const scans = [...(parcels.get(parcelId)?.scans ?? []), { scanId, status, scannedAt }];
      change(parcelId, { scans: scans.sort(byTime) });
    }
  }
  return parcels;
}

const byTime = (a: ParcelScan, b: ParcelScan) =>
  a.scannedAt < b.scannedAt ? -1 : a.scannedAt > b.scannedAt ? 1 : 0;
