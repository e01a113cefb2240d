import type { TrackingStatus } from '../../events/parcel.ts';
import type { Notice } from '../kernel/report.ts';
import {
  type Decided,
  type Decision,
  deliveriesDue,
  holdOnce,
  nothing,
  standingOf,
  type Timeline,
} from '../timeline/index.ts';
import type { Scan, Tracking } from './carrier.ts';
import { trackingOf } from './tracking.ts';

/** Where the carrier can't bring the parcel on by itself, a person has to look. */
const NEEDS_A_PERSON: ReadonlySet<TrackingStatus> = new Set(['exception', 'lost', 'returning', 'returned']);

/** One transaction takes a hundred items; a parcel with more new scans than this gets the rest by the next look. */
const MOST_AT_ONCE = 50;

type KnownScan = Scan & { readonly status: TrackingStatus };

/**
 * Which facts follow from what a carrier says of a parcel. Each scan is counted once by its id and in any
 * order. A delivery counts once the warehouse has handed the parcel over, whichever is told first; trouble
 * counts only where it is the newest word on a parcel that has not arrived.
 */
export function decideOnScans(timeline: Timeline, parcelId: string, { scans }: Tracking): Decision {
  const { facts } = timeline;
  const parcel = trackingOf(facts).get(parcelId);
  if (parcel === undefined) return nothing;
  const seen = new Set(parcel.scans.map(({ scanId }) => scanId));
  const fresh = scans.filter(isKnown).filter(({ scanId }) => {
    const isNew = !seen.has(scanId);
    seen.add(scanId);
    return isNew;
  });
  const scanned = fresh.slice(0, MOST_AT_ONCE).map((scan) => scannedFact(parcelId, scan));
  const delivered = deliveriesDue(facts, scanned);
  const all = [...parcel.scans, ...fresh];
  const newest = all.reduce<(typeof all)[number] | undefined>(
    (latest, scan) => (latest === undefined || scan.scannedAt >= latest.scannedAt ? scan : latest),
    undefined,
  );
  const isTrouble =
    standingOf(facts).ended === undefined &&
    newest !== undefined &&
    NEEDS_A_PERSON.has(newest.status) &&
    fresh.some(({ scanId }) => scanId === newest.scanId) &&
    !all.some(({ status }) => status === 'delivered');
  const held = isTrouble ? holdOnce(facts, `parcel-${newest.status}`, parcelId) : [];
  return { facts: [...scanned, ...delivered, ...held], notices: unknownWords(timeline, parcelId, scans) };
}

const isKnown = (scan: Scan): scan is KnownScan => scan.status !== undefined;

function scannedFact(parcelId: string, scan: KnownScan): Decided {
  const { scanId, status, carrierStatus, scannedAt, city, country } = scan;
  const place = {
    ...(city === undefined ? {} : { city }),
    ...(country === undefined ? {} : { country }),
  };
  const data = { parcelId, scanId, status, carrierStatus, scannedAt, place };
  return { name: 'parcel.scanned', data, occurredAt: scannedAt };
}

function unknownWords({ orderId }: Timeline, parcelId: string, scans: readonly Scan[]): Notice[] {
  const words = new Set(scans.filter((scan) => !isKnown(scan)).map(({ carrierStatus }) => carrierStatus));
  return [...words].map((word) => ({
    code: 'partner-word-unrecognised',
    detail: { orderId, parcelId, word },
  }));
}
