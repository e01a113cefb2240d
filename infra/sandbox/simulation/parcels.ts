import type { Behaviour } from '../faults.ts';
import type { ScanKind } from './course.ts';
import type { Place, Route } from './scan-place.ts';

/** A parcel for which a carrier printed a label. */
export interface ParcelRegistration {
  readonly trackingNumber: string;
  readonly route: Route;
  readonly behaviour: Behaviour | undefined;
}

/** An event of a parcel. The carrier that registered the parcel receives it. */
export interface ParcelScan {
  readonly trackingNumber: string;
  readonly kind: ScanKind;
  readonly place: Place;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
}

export type ScanListener = (scan: ParcelScan) => void;

/** The operations of a partner on parcels. */
export interface Parcels {
  /** For carriers: registers a printed label. The scans begin when a warehouse has handed the parcel over. */
  readonly register: (parcel: ParcelRegistration) => void;
  /** For carriers: calls the listener with each scan of a parcel that this partner registered. */
  readonly onScan: (listener: ScanListener) => void;
  /** For warehouses: hands a parcel over to its carrier. Numbers that no carrier here printed are ignored. */
  readonly handOver: (trackingNumber: string) => void;
}
