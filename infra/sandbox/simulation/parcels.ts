import type { Behaviour } from '../faults.ts';
import type { ScanKind } from './course.ts';
import type { Place, Route } from './scan-place.ts';

/** A parcel that a carrier printed a label for. */
export interface ParcelRegistration {
  readonly trackingNumber: string;
  readonly route: Route;
  readonly behaviour: Behaviour | undefined;
}

/** An event of a parcel, reported to the carrier that registered it. */
export interface ParcelScan {
  readonly trackingNumber: string;
  readonly kind: ScanKind;
  readonly place: Place;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
}

export type ScanListener = (scan: ParcelScan) => void;

/** The physical world, as a partner meets it. */
export interface Parcels {
  /** Carriers: a label was printed. The parcel is scanned once a warehouse has handed it over. */
  readonly register: (parcel: ParcelRegistration) => void;
  /** Carriers: called with each scan of a parcel that this partner registered. */
  readonly onScan: (listener: ScanListener) => void;
  /** For warehouses: the carrier takes the parcel. A number that no carrier here printed is ignored. */
  readonly handOver: (trackingNumber: string) => void;
}
