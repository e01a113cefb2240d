import { later, minuteMs } from '../../../kernel/time.ts';
import type { EasyPostShipment } from './answers.ts';
import { isBought } from './book-once.ts';
import { type EasyPostContext, findShipment, listShipments } from './call.ts';

/** Two bookings of one carton at one moment create their shipments within the time limit of a function. */
const SAME_MOMENT_MS = 10 * minuteMs;

/**
 * The labels of a carton that were bought and not refunded. By reference EasyPost gives the newest shipment only. An
 * older one with a label can exist where two calls booked at one moment, so the shipments of that time are listed too.
 */
export async function findLabels(
  context: EasyPostContext,
  reference: string,
): Promise<readonly { readonly carrierShipmentId: string }[]> {
  const newest = await findShipment(context, reference);
  if (newest === undefined) return [];
  const sameTime = await listShipments(context, {
    from: later(newest.created_at, -SAME_MOMENT_MS),
    to: later(newest.created_at, SAME_MOMENT_MS),
  });
  const own = [newest, ...sameTime].filter((one) => one.reference === reference && isBought(one));
  return [...new Set(own.map(({ id }: EasyPostShipment) => id))].map((carrierShipmentId) => ({
    carrierShipmentId,
  }));
}
