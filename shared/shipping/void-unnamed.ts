import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  activeHold,
  closedParcels,
  decideAndReport,
  forEachInTurn,
  inBatches,
  loadOrder,
  orderStateOf,
  type PlannedParcel,
  plannedParcels,
  type Timeline,
} from '../timeline/index.ts';
import { cartonReferences } from './cartons.ts';
import type { ScanDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';
import { decideNotVoided } from './void-labels.ts';

/** How many labels a carrier is asked for, or asked to void, at once. */
const LABELS_AT_ONCE = 5;

/** A booking that a carrier refused. */
export const REFUSED = 'booking-refused';

/**
 * Voids labels that were bought under the order's references and that no fact names: a step stopped between the
 * purchase and its fact, or another copy of its message won. Only an order that was loaded stopped or with a booked or
 * refused parcel costs a call: the first booking of an order does not.
 */
export async function voidUnnamed(deps: ScanDeps, timeline: Timeline, cause: Cause): Promise<void> {
  await forEachInTurn(parcelsToSearch(timeline), async (parcel) => {
    const carrier = await deps.carrierByCode(parcel.consignment.carrier);
    const found = await inBatches(cartonReferences(parcel), LABELS_AT_ONCE, (reference) =>
      carrier.find(toInstant(deps.clock()), { reference }),
    );
    const labels = found.flat();
    if (labels.length === 0) return;
    // A person may have released the order meanwhile. Then another copy names labels of a refused parcel.
    const latest = await loadOrder(deps.timelines, timeline.orderId);
    if (!isToSearch(latest, parcel)) return;
    await voidUnnamedOf(deps, { timeline: latest, parcel, labels }, cause);
  });
}

const isToSearch = (timeline: Timeline, { parcelId }: PlannedParcel): boolean =>
  parcelsToSearch(timeline).some((parcel) => parcel.parcelId === parcelId);

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
  const answers = await inBatches(unnamed, LABELS_AT_ONCE, ({ carrierShipmentId }) =>
    carrier.void(toInstant(deps.clock()), { carrierShipmentId }),
  );
  if (!answers.includes('too-late')) return;
  const about = { parcelId, carrier: consignment.carrier };
  await decideAndReport(deps, timeline.orderId, cause, (now) => decideNotVoided(now, about));
}

/**
 * Parcels of which an unnamed label can't be named any more. In a running order these are the booked ones, and those of
 * several cartons of which one was refused: until a person releases it, no copy of the message names their labels.
 */
function parcelsToSearch(timeline: Timeline): PlannedParcel[] {
  const { facts } = timeline;
  const { ended } = orderStateOf(facts);
  if (ended === 'delivered' || ended === 'closed') return [];
  const booked = trackingOf(facts);
  const closed = closedParcels(facts);
  return plannedParcels(timeline).filter((parcel) => {
    const { parcelId } = parcel;
    if (closed.has(parcelId)) return closed.get(parcelId) === 'stopped';
    if (ended !== undefined || booked.has(parcelId)) return true;
    return activeHold(facts, REFUSED, parcelId) !== undefined && cartonReferences(parcel).length > 1;
  });
}
