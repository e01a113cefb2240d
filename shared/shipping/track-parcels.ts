import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  decideAndReport,
  forEachInTurn,
  loadOrder,
  pieceDeliveredAt,
} from '../timeline/index.ts';
import { decideOnScans } from './apply-scans.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';

/** Asks the carriers for the scans of those cartons of the order that left, have not arrived, and were not closed. */
export async function trackParcels(deps: ScanDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  const closed = closedParcels(facts);
  const underway = [...trackingOf(facts).values()].filter(
    ({ parcelId, isDispatched, isDelivered }) => isDispatched && !isDelivered && !closed.has(parcelId),
  );
  const pieces = underway.flatMap(({ parcelId, carrier, pieces }) =>
    pieces
      .filter((piece) => pieceDeliveredAt(piece) === undefined)
      .map((piece) => ({ ...piece, parcelId, carrier })),
  );
  await forEachInTurn(pieces, async ({ parcelId, carrier: code, carrierShipmentId, trackingNumber }) => {
    const carrier = await deps.carrierByCode(code);
    const reported = await carrier.track(toInstant(deps.clock()), { carrierShipmentId, trackingNumber });
    await decideAndReport(deps, orderId, cause, (now) => decideOnScans(now, parcelId, reported));
  });
}
