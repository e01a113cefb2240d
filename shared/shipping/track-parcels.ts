import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import { decideAndReport, forEachInTurn, loadOrder } from '../timeline/index.ts';
import { decideOnScans } from './apply-scans.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';

/** Asks the carriers where the order's parcels are that left and did not arrive. */
export async function trackParcels(deps: ScanDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  const underway = [...trackingOf(facts).values()].filter(
    ({ isDispatched, isDelivered }) => isDispatched && !isDelivered,
  );
  await forEachInTurn(underway, async ({ parcelId, carrier: code, carrierShipmentId, trackingNumber }) => {
    const carrier = await deps.carrierByCode(code);
    const told = await carrier.track(toInstant(deps.clock()), { carrierShipmentId, trackingNumber });
    await decideAndReport(deps, orderId, cause, (now) => decideOnScans(now, parcelId, told));
  });
}
