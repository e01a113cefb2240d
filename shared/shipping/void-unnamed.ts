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
  type PlannedParcel,
  plannedParcels,
  type Timeline,
  wasFree,
} from '../timeline/index.ts';
import { bookingAttempt, REFUSED } from './booking-attempt.ts';
import { cartonReferences } from './cartons.ts';
import { decideNotVoided } from './not-voided.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';

/** The number of simultaneous calls of a carrier about labels. */
const LABELS_AT_ONCE = 5;

/**
 * Voids labels that were bought under the order's references and that no fact names: a step stopped between the
 * purchase and its fact, or another copy of its message won. Only an order that was loaded stopped or with a booked or
 * refused parcel costs a call: the first booking of an order does not.
 */
export async function voidUnnamed(deps: ScanDeps, timeline: Timeline, cause: Cause): Promise<void> {
  await forEachInTurn(searchesOf(timeline), async ({ parcel, references }) => {
    const carrier = await deps.carrierByCode(parcel.consignment.carrier);
    const found = await inBatches(references, LABELS_AT_ONCE, (reference) =>
      carrier.find(toInstant(deps.clock()), { reference }),
    );
    const labels = found.flat();
    // A label that a fact has named meanwhile stays. None of the others can be named any more: see searchesOf.
    const latest = labels.length === 0 ? timeline : await loadOrder(deps.timelines, timeline.orderId);
    await voidUnnamedOf(deps, { timeline: latest, parcel, labels }, cause);
    if (!isStopped(timeline, parcel.parcelId)) return;
    await decideAndReport(deps, timeline.orderId, cause, (now) => decideSearched(now, parcel.parcelId));
  });
}

interface Labels {
  readonly timeline: Timeline;
  readonly parcel: PlannedParcel;
  readonly labels: readonly { readonly carrierShipmentId: string }[];
}

/** Voids those of the parcel's labels that the timeline does not name. If one is used, a person has to look. */
export async function voidUnnamedOf(
  deps: ScanDeps,
  { timeline, parcel, labels }: Labels,
  cause: Cause,
): Promise<void> {
  const { parcelId, consignment } = parcel;
  const pieces = trackingOf(timeline.facts).get(parcelId)?.pieces ?? [];
  const named = new Set(pieces.map(({ carrierShipmentId }) => carrierShipmentId));
  const unnamed = labels.filter(({ carrierShipmentId }) => !named.has(carrierShipmentId));
  const carrier = await deps.carrierByCode(consignment.carrier);
  const answers = await inBatches(unnamed, LABELS_AT_ONCE, async ({ carrierShipmentId }) => ({
    carrierShipmentId,
    answer: await carrier.void(toInstant(deps.clock()), { carrierShipmentId }),
  }));
  const shipments = answers.flatMap((each) => (each.answer === 'too-late' ? [each.carrierShipmentId] : []));
  if (shipments.length === 0) return;
  const used = { parcelId, carrier: consignment.carrier, shipments };
  await decideAndReport(deps, timeline.orderId, cause, (now) => decideNotVoided(now, used));
}

interface Search {
  readonly parcel: PlannedParcel;
  /** The names under which a label may have been bought that can't be named by a fact any more. */
  readonly references: readonly string[];
}

/**
 * Where a label may be that no fact names and that none can name any more, so that voiding it takes no label away from
 * another copy of the message. A stopped parcel and a booked one are searched under all their references. So is one of
 * several cartons of which one was refused: until a person releases it, no copy of the message names its labels, and
 * afterwards the parcel is booked under new references. The old ones are searched.
 */
function searchesOf(timeline: Timeline): Search[] {
  const { facts } = timeline;
  const { ended } = orderStateOf(facts);
  if (ended === 'delivered' || ended === 'closed' || !wasFree(facts)) return [];
  const booked = trackingOf(facts);
  const closed = closedParcels(facts);
  return plannedParcels(timeline).flatMap((parcel) => {
    const { parcelId } = parcel;
    if (closed.has(parcelId) && closed.get(parcelId) !== 'stopped') return [];
    const attempt = bookingAttempt(facts, parcelId);
    const isRefused =
      activeHold(facts, REFUSED, parcelId) !== undefined && cartonReferences(parcel, attempt).length > 1;
    const isOver = isStopped(timeline, parcelId) || booked.has(parcelId) || isRefused;
    const attempts = Array.from({ length: isOver ? attempt + 1 : attempt }, (_, index) => index);
    const references = attempts.flatMap((each) => cartonReferences(parcel, each));
    return references.length === 0 ? [] : [{ parcel, references }];
  });
}

/** Whether the order, or the parcel alone, was stopped. */
function isStopped({ facts }: Timeline, parcelId: string): boolean {
  const { ended } = orderStateOf(facts);
  return ended === 'cancelled' || ended === 'expired' || closedParcels(facts).get(parcelId) === 'stopped';
}

/** No label is left of a stopped parcel that was never booked: each was voided, or a person has to look at it. */
function decideSearched({ facts }: Timeline, parcelId: string): Decision {
  const isKnown =
    trackingOf(facts).has(parcelId) ||
    factsNamed(facts, 'parcel.label_voided').some(({ data }) => data.parcelId === parcelId);
  return isKnown ? nothing : { facts: [{ name: 'parcel.label_voided', data: { parcelId } }], notices: [] };
}
