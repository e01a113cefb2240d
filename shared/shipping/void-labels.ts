import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  type Decision,
  decideAndReport,
  forEachInTurn,
  holdOnce,
  inBatches,
  loadOrder,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { type ParcelTracking, trackingOf } from './tracking.ts';

/** How many labels a carrier is asked to void at once. */
const LABELS_AT_ONCE = 5;

/**
 * Voids the labels of a cancelled order, or of a parcel that was stopped and closed, at their carriers: those that are
 * left when it is repeated. If the carrier has used one of a parcel's labels, a person has to look; the labels of its
 * other cartons are voided nevertheless.
 */
export async function voidLabels(deps: ScanDeps, orderId: string, cause: Cause): Promise<void> {
  await voidLabelsOf(deps, await loadOrder(deps.timelines, orderId), cause);
}

/**
 * Like {@link voidLabels}, for a timeline that is loaded. Nobody is called unless the order was stopped or one of its
 * parcels was.
 */
export async function voidLabelsOf(deps: ScanDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId } = timeline;
  await forEachInTurn(labelsToVoid(timeline), async ({ parcelId, carrier: code, pieces }) => {
    const carrier = await deps.carrierByCode(code);
    const answers = await inBatches(pieces, LABELS_AT_ONCE, ({ carrierShipmentId }) =>
      carrier.void(toInstant(deps.clock()), { carrierShipmentId }),
    );
    const answer = answers.includes('too-late') ? 'too-late' : 'voided';
    await decideAndReport(deps, orderId, cause, (now) => decideVoiding(now, parcelId, answer));
  });
}

/** Parcels whose labels are no longer needed. */
function labelsToVoid({ facts }: Timeline): ParcelTracking[] {
  const { ended } = orderStateOf(facts);
  const isStopped = ended === 'cancelled' || ended === 'expired';
  const closed = closedParcels(facts);
  return [...trackingOf(facts).values()].filter(
    ({ parcelId, isVoided, isDispatched }) =>
      !isVoided && !isDispatched && (isStopped || closed.get(parcelId) === 'stopped'),
  );
}

function decideVoiding(timeline: Timeline, parcelId: string, answer: 'voided' | 'too-late'): Decision {
  const parcel = trackingOf(timeline.facts).get(parcelId);
  if (parcel === undefined || parcel.isVoided) return nothing;
  if (answer === 'voided')
    return { facts: [{ name: 'parcel.label_voided', data: { parcelId } }], notices: [] };
  return decideNotVoided(timeline, parcel);
}

/** The carrier has used a label that must not be used: a person has to look. */
export function decideNotVoided(
  { orderId, facts }: Timeline,
  { parcelId, carrier }: Pick<ParcelTracking, 'parcelId' | 'carrier'>,
): Decision {
  const held = holdOnce(facts, 'label-not-voided', parcelId);
  if (held.length === 0) return nothing;
  const detail = { orderId, parcelId, partner: carrier, code: 'label-not-voided' };
  return { facts: held, notices: [{ code: 'partner-refused', detail }] };
}
