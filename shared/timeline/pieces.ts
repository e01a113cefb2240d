import type { Fact } from '../../events/all-events.ts';
import { type TrackingStatus, trackingStatuses } from '../../events/parcel.ts';
import { defined } from '../kernel/defined.ts';
import type { Instant } from '../kernel/time.ts';

interface ParcelScan {
  readonly scanId: string;
  readonly status: TrackingStatus;
  readonly scannedAt: Instant;
}

/** One carton of a parcel, as its carrier knows it. */
export interface Piece {
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  /** Absent after the erasure of the order's personal data. */
  readonly labelUrl?: string;
  /** Oldest first, independent of the order in which they were reported. */
  readonly scans: readonly ParcelScan[];
}

type Booked = Fact<'parcel.booked'>['data'];

/** The cartons of a booked parcel, without scans. */
export function piecesOf({ carrierShipmentId, trackingNumber, labelUrl, pieces }: Booked): readonly Piece[] {
  const all = pieces ?? [{ carrierShipmentId, trackingNumber, ...defined({ labelUrl }) }];
  return all.map((piece) => ({
    carrierShipmentId: piece.carrierShipmentId,
    trackingNumber: piece.trackingNumber,
    ...defined({ labelUrl: piece.labelUrl }),
    scans: [],
  }));
}

/** The cartons with one more scan. A scan without a tracking number belongs to the only carton. */
export function withScan(
  pieces: readonly Piece[],
  { trackingNumber, scanId, status, scannedAt }: Fact<'parcel.scanned'>['data'],
): readonly Piece[] {
  return pieces.map((piece) =>
    trackingNumber === undefined || piece.trackingNumber === trackingNumber
      ? { ...piece, scans: [...piece.scans, { scanId, status, scannedAt }].sort(byTime) }
      : piece,
  );
}

/** The cartons of one parcel with their scans, from the facts about it; empty before it is booked. */
export function trackedPieces(mine: readonly Fact[]): readonly Piece[] {
  return mine.reduce<readonly Piece[]>((pieces, fact) => {
    if (fact.name === 'parcel.booked') return piecesOf(fact.data);
    return fact.name === 'parcel.scanned' ? withScan(pieces, fact.data) : pieces;
  }, []);
}

/** When the carrier first said that it delivered the carton. */
export function pieceDeliveredAt({ scans }: Pick<Piece, 'scans'>): Instant | undefined {
  return scans.find(({ status }) => status === 'delivered')?.scannedAt;
}

/** The carrier's last status of the carton. A delivery is final, whatever the carrier reports afterwards. */
export function allDeliveredAt(pieces: readonly Piece[]): Instant | undefined {
  const times = pieces.flatMap((piece) => pieceDeliveredAt(piece) ?? []);
  return times.length < pieces.length ? undefined : times.sort().at(-1);
}

/** Whether the carrier ever said that the carton goes back. */
export const wasOnItsWayBack = ({ scans }: Pick<Piece, 'scans'>): boolean =>
  scans.some(({ status }) => status === 'returning' || status === 'returned');

/** What the carrier said last of the carton: a delivery is its last word, whatever it says afterwards. */
export function pieceStatus(piece: Pick<Piece, 'scans'>): TrackingStatus | undefined {
  return pieceDeliveredAt(piece) === undefined ? piece.scans.at(-1)?.status : 'delivered';
}

/** Statuses from which a carton does not recover by itself. */
const STRAYED: ReadonlySet<TrackingStatus> = new Set([
  'exception',
  'lost',
  'returning',
  'returned',
  'cancelled',
]);

/**
 * The parcel's status from those of its cartons: their common status, or that of the carton furthest behind. If one
 * carton went astray from the others, the parcel has an exception. Undefined before the first scan.
 */
export function statusOfPieces(pieces: readonly Pick<Piece, 'scans'>[]): TrackingStatus | undefined {
  const statuses = pieces.map(pieceStatus);
  const [first] = statuses;
  if (statuses.every((status) => status === first)) return first;
  if (statuses.some((status) => status !== undefined && STRAYED.has(status))) return 'exception';
  // Every carton begins with a purchased label and no scan.
  return statuses.map((status) => status ?? 'label_created').sort(byProgress)[0];
}

const rankOf = (status: TrackingStatus) => trackingStatuses.indexOf(status);

const byProgress = (a: TrackingStatus, b: TrackingStatus) => rankOf(a) - rankOf(b);

/** Scans of the same instant are sorted by progress, so that the order of reports does not matter. */
const byTime = (a: ParcelScan, b: ParcelScan) =>
  a.scannedAt === b.scannedAt ? byProgress(a.status, b.status) : a.scannedAt < b.scannedAt ? -1 : 1;
