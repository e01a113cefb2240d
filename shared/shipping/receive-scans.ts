import type { Notice } from '../kernel/report.ts';
import { decideAndReport, NotYet, type Timeline } from '../timeline/index.ts';
import { decideOnScans } from './apply-scans.ts';
import type { Tracking } from './carrier.ts';
import type { ReceiveScansDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';

/** A stored call of a carrier: genuine, not yet interpreted. */
export interface CarrierCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/**
 * Turns a carrier's call into scans of the parcel that it names. Throws {@link NotYet} for a parcel that is not known
 * yet: the carrier may call before its label is recorded. A label that was voided before any fact named it never is.
 */
export async function receiveScans(deps: ReceiveScansDeps, callback: CarrierCallback): Promise<void> {
  const { code, callbackId, rawBody } = callback;
  const carrier = await deps.carrierByCode(code);
  const tracking = carrier.interpret(rawBody);
  if ('ignored' in tracking) return;
  const known = await deps.references.orderOf({ kind: 'carrier', code, reference: tracking.trackingNumber });
  if (known === undefined && isVoided(tracking)) return;
  if (known === undefined) throw new NotYet(`no parcel has this tracking number of ${code}`);
  const cause = { by: 'partner' as const, reference: callbackId.slice(0, 200) };
  await decideAndReport(deps, known.orderId, cause, (timeline) => {
    const parcel = trackingOf(timeline.facts).get(known.parcelId);
    if (parcel === undefined)
      throw new NotYet(`the label of this tracking number of ${code} is not recorded`);
    // Two copies of a message bought two labels. This one is voided, so its scans do not count for the parcel.
    if (!parcel.pieces.some(({ trackingNumber }) => trackingNumber === tracking.trackingNumber))
      return { facts: [], notices: [unusedLabel(timeline, code, callbackId)] };
    return decideOnScans(timeline, known.parcelId, tracking);
  });
}

/** Whether the carrier says that the label is cancelled, and that nothing ever moved with it. */
const isVoided = ({ scans }: Tracking): boolean =>
  scans.at(-1)?.status === 'cancelled' &&
  scans.every(({ status }) => status === 'cancelled' || status === 'label_created');

const unusedLabel = ({ orderId }: Timeline, partner: string, callbackId: string): Notice => ({
  code: 'callback-without-order',
  detail: { partner, orderId, callbackId },
});
