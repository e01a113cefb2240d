import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  type Decision,
  decideAndReport,
  forEachInTurn,
  inBatches,
  loadOrder,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import { decideNotVoided } from './not-voided.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { type ParcelTracking, trackingOf } from './tracking.ts';
import { voidUnnamed } from './void-unnamed.ts';

/** The number of labels that a carrier is asked to void at the same time. */
const LABELS_AT_ONCE = 5;

/**
 * Voids the labels of a cancelled order, or of a parcel that was stopped and closed, at their carriers: those that are
 * left when it is repeated. A label that no fact names is found by its reference: the step that bought it may have got
 * no answer, and found the order held or stopped when its message came again. If the carrier has used one of a parcel's
 * labels, a person has to look; the others are voided nevertheless.
 */
export async function voidLabels(deps: ScanDeps, orderId: string, cause: Cause): Promise<void> {
  await voidLabelsOf(deps, await loadOrder(deps.timelines, orderId), cause);
}

/** Like {@link voidLabels}, for a timeline that is loaded. A running order may have labels that no fact names, too. */
export async function voidLabelsOf(deps: ScanDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const unnamedThenNamed = [() => voidUnnamed(deps, timeline, cause), () => voidNamed(deps, timeline, cause)];
  await forEachInTurn(unnamedThenNamed, (act) => act());
}

/** Voids the labels that facts name. Nobody is called unless the order was stopped or one of its parcels was. */
export async function voidNamed(deps: ScanDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId } = timeline;
  await forEachInTurn(labelsToVoid(timeline), async ({ parcelId, carrier: code, pieces }) => {
    const carrier = await deps.carrierByCode(code);
    const answers = await inBatches(pieces, LABELS_AT_ONCE, async ({ carrierShipmentId }) => ({
      carrierShipmentId,
      answer: await carrier.void(toInstant(deps.clock()), { carrierShipmentId }),
    }));
    const used = answers.flatMap((each) => (each.answer === 'too-late' ? [each.carrierShipmentId] : []));
    await decideAndReport(deps, orderId, cause, (now) => decideVoiding(now, parcelId, used));
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

function decideVoiding(timeline: Timeline, parcelId: string, used: readonly string[]): Decision {
  const parcel = trackingOf(timeline.facts).get(parcelId);
  if (parcel === undefined || parcel.isVoided) return nothing;
  if (used.length > 0)
    return decideNotVoided(timeline, { parcelId, carrier: parcel.carrier, shipments: used });
  return { facts: [{ name: 'parcel.label_voided', data: { parcelId } }], notices: [] };
}
