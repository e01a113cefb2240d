import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  activeHold,
  closedParcels,
  type Decision,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  inBatches,
  loadOrder,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { type ParcelTracking, trackingOf } from './tracking.ts';

const NOT_VOIDED = 'label-not-voided';

type HeldParcel = Pick<ParcelTracking, 'parcelId' | 'carrier'>;

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
  return isReportedSinceStop(timeline, parcelId) ? nothing : notVoided(timeline, parcel);
}

/** A hold from before the stop was for another label of the parcel, which a losing copy of a message had bought. */
function isReportedSinceStop({ facts }: Timeline, parcelId: string): boolean {
  const stop = facts.findLastIndex(
    ({ name, data }) =>
      name === 'order.cancelled' ||
      name === 'order.expired' ||
      (name === 'parcel.closed' && 'parcelId' in data && data.parcelId === parcelId),
  );
  return factsNamed(facts.slice(stop + 1), 'order.held').some(
    ({ data }) => data.reason === NOT_VOIDED && data.parcelId === parcelId,
  );
}

/** The carrier has used a label that must not be used: a person has to look. */
export function decideNotVoided(timeline: Timeline, parcel: HeldParcel): Decision {
  return activeHold(timeline.facts, NOT_VOIDED, parcel.parcelId) === undefined
    ? notVoided(timeline, parcel)
    : nothing;
}

function notVoided({ orderId }: Timeline, { parcelId, carrier }: HeldParcel): Decision {
  const detail = { orderId, parcelId, partner: carrier, code: NOT_VOIDED };
  return {
    facts: [{ name: 'order.held', data: { reason: NOT_VOIDED, parcelId } }],
    notices: [{ code: 'partner-refused', detail }],
  };
}
