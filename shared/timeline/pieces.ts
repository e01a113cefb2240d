import type { Fact } from '../../events/all-events.ts';
import { type TrackingStatus, trackingStatuses } from '../../events/parcel.ts';
import type { Instant } from '../kernel/time.ts';

export interface ParcelScan {
  readonly scanId: string;
  readonly status: TrackingStatus;
  readonly scannedAt: Instant;
}

/** One carton of a parcel, as its carrier knows it. */
export interface Piece {
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  readonly labelUrl: string;
  /** Oldest first, whatever the order in which they were told. */
  readonly scans: readonly ParcelScan[];
}

type Booked = Fact<'parcel.booked'>['data'];

/** The cartons of a booked parcel, none of them scanned. */
export function piecesOf({ carrierShipmentId, trackingNumber, labelUrl, pieces }: Booked): readonly Piece[] {
  const all = pieces ?? [{ carrierShipmentId, trackingNumber, labelUrl }];
  return all.map((piece) => ({
    carrierShipmentId: piece.carrierShipmentId,
    trackingNumber: piece.trackingNumber,
    labelUrl: piece.labelUrl,
    scans: [],
  }));
}

/** The cartons after one more was scanned; a scan that names none is of the only one. */
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

/** The cartons of one parcel with their scans, from the facts about it; none before it is booked. */
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

/** When the last carton was delivered; undefined while one is not. */
export function allDeliveredAt(pieces: readonly Piece[]): Instant | undefined {
  const times = pieces.flatMap((piece) => pieceDeliveredAt(piece) ?? []);
  return times.length < pieces.length ? undefined : times.sort().at(-1);
}

/** What the carrier said last of the carton: a delivery is its last word, whatever it says afterwards. */
export function pieceStatus(piece: Pick<Piece, 'scans'>): TrackingStatus | undefined {
  return pieceDeliveredAt(piece) === undefined ? piece.scans.at(-1)?.status : 'delivered';
}

/** Statuses that a carton does not come out of by itself. */
const STRAYED: ReadonlySet<TrackingStatus> = new Set([
  'exception',
  'lost',
  'returning',
  'returned',
  'cancelled',
]);

/**
 * Where the parcel is by what its cartons say: where they all are, else where the one is that is furthest behind. One
 * that strayed from the others is an exception of the parcel. Undefined before the first scan.
 */
export function statusOfPieces(pieces: readonly Pick<Piece, 'scans'>[]): TrackingStatus | undefined {
  const statuses = pieces.map(pieceStatus);
  const [first] = statuses;
  if (statuses.every((status) => status === first)) return first;
  if (statuses.some((status) => status !== undefined && STRAYED.has(status))) return 'exception';
  // A label that was bought and not scanned yet is where all cartons begin.
  return statuses.map((status) => status ?? 'label_created').sort(byProgress)[0];
}

const rankOf = (status: TrackingStatus) => trackingStatuses.indexOf(status);

const byProgress = (a: TrackingStatus, b: TrackingStatus) => rankOf(a) - rankOf(b);

/** Two of one moment go by how far along they are, so that the order in which they were told does not count. */
const byTime = (a: ParcelScan, b: ParcelScan) =>
  a.scannedAt === b.scannedAt ? byProgress(a.status, b.status) : a.scannedAt < b.scannedAt ? -1 : 1;
