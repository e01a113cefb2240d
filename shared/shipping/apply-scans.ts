import type { Fact } from '../../events/all-events.ts';
import type { ParcelOutcome, TrackingStatus } from '../../events/parcel.ts';
import { defined } from '../kernel/defined.ts';
import type { Notice } from '../kernel/report.ts';
import {
  closedParcels,
  type Decided,
  type Decision,
  deliveriesDue,
  holdOnce,
  nothing,
  orderStateOf,
  pieceDeliveredAt,
  type Timeline,
  withScan,
} from '../timeline/index.ts';
import type { Scan, Tracking } from './carrier.ts';
import { nameOfPiece, pieceMeant, trackingOf } from './tracking.ts';

/** The carrier can't complete the delivery by itself: a person has to look. */
const NEEDS_A_PERSON: ReadonlySet<TrackingStatus> = new Set(['exception', 'lost', 'returning', 'returned']);

/** All new scans of a report are one item. If a parcel has more of them than this, the next poll records the rest. */
const MAX_AT_ONCE = 50;

type KnownScan = Scan & { readonly status: TrackingStatus };

/**
 * The facts that follow from a carrier's report on one carton. Each scan counts once by its id, in any order. A
 * delivery counts once the warehouse has handed the parcel over, whichever report comes first; the parcel is delivered
 * with its last carton. Trouble counts only if it is the latest scan of a carton that has not arrived. Scans of a
 * closed parcel are recorded; a person has to look if the parcel arrives or comes back after all.
 */
export function decideOnScans(timeline: Timeline, parcelId: string, tracking: Tracking): Decision {
  const { facts } = timeline;
  const { scans } = tracking;
  const parcel = trackingOf(facts).get(parcelId);
  const piece = parcel === undefined ? undefined : pieceMeant(parcel, tracking);
  if (parcel === undefined || piece === undefined) return nothing;
  const name = nameOfPiece(parcel, piece);
  const seen = new Set(piece.scans.map(({ scanId }) => scanId));
  const fresh = scans.filter(isKnown).filter(({ scanId }) => {
    const isNew = !seen.has(scanId);
    seen.add(scanId);
    return isNew;
  });
  const reported = fresh.slice(0, MAX_AT_ONCE).map((scan) => scannedData(parcelId, name, scan));
  const scanned = reported.map(
    (data): Decided => ({ name: 'parcel.scanned', data, occurredAt: data.scannedAt }),
  );
  const delivered = deliveriesDue(facts, scanned);
  const [after = piece] = reported.reduce(withScan, [piece]);
  const newest = after.scans.at(-1);
  const closedAs = closedParcels(facts).get(parcelId);
  const notices = unknownWords(timeline, parcelId, scans);
  if (closedAs !== undefined) {
    const held = afterClosing(closedAs, reported).flatMap((reason) =>
      holdOnce(facts, reason, parcelId, name.trackingNumber),
    );
    return { facts: [...scanned, ...held], notices };
  }
  const isTrouble =
    orderStateOf(facts).ended === undefined &&
    newest !== undefined &&
    NEEDS_A_PERSON.has(newest.status) &&
    reported.some(({ scanId }) => scanId === newest.scanId) &&
    pieceDeliveredAt(after) === undefined;
  const held = isTrouble ? holdOnce(facts, `parcel-${newest.status}`, parcelId, name.trackingNumber) : [];
  return { facts: [...scanned, ...delivered, ...held], notices };
}

/** A report of the carrier that contradicts the closing of the parcel by a person. */
function afterClosing(
  outcome: ParcelOutcome,
  reported: readonly Fact<'parcel.scanned'>['data'][],
): ('delivered-after-closing' | 'returned-after-closing')[] {
  const says = (word: TrackingStatus) => reported.some(({ status }) => status === word);
  if (says('delivered')) return ['delivered-after-closing'];
  return outcome === 'lost' && says('returned') ? ['returned-after-closing'] : [];
}

const isKnown = (scan: Scan): scan is KnownScan => scan.status !== undefined;

function scannedData(
  parcelId: string,
  name: ReturnType<typeof nameOfPiece>,
  { scanId, status, carrierStatus, scannedAt, city, country }: KnownScan,
): Fact<'parcel.scanned'>['data'] {
  const place = {
    ...defined({ city, country }),
  };
  return { parcelId, ...name, scanId, status, carrierStatus, scannedAt, place };
}

function unknownWords({ orderId }: Timeline, parcelId: string, scans: readonly Scan[]): Notice[] {
  const words = new Set(scans.filter((scan) => !isKnown(scan)).map(({ carrierStatus }) => carrierStatus));
  return [...words].map((word) => ({
    code: 'partner-word-unrecognised',
    detail: { orderId, parcelId, word },
  }));
}
