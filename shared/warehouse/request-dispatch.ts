import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import type { PlannedConsignment } from '../../events/landed-cost.ts';
import { packedCartons } from '../freight/index.ts';
import { defined } from '../kernel/defined.ts';
import { dispatchIdOf } from '../kernel/ids.ts';
import { invariant } from '../kernel/invariant.ts';
import { dayMs, later, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  blockerOf,
  closedParcels,
  type Decided,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  isReleasedSince,
  lastNamed,
  loadOrder,
  type PlannedParcel,
  parcelsThatLeft,
  plannedParcels,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnUpdate } from './apply-warehouse-update.ts';
import { cancelUnwanted } from './cancel-unwanted.ts';
import { type DispatchState, dispatchesOf, isOpen } from './dispatch-state.ts';
import type { DispatchDeps } from './warehouse-deps.ts';
import type { BoundWarehouseSystem, CartonToPack, DispatchOrder } from './warehouse-system.ts';

/** The warehouse is asked to hand a parcel over within a day of its clearance. */
const SHIP_WITHIN_MS = dayMs;

/**
 * Has every cleared parcel picked, packed and handed over. The dispatch order gets an id and is recorded before the
 * warehouse is asked, so that a repeat asks for the same. Without a report the warehouse is asked for the status.
 * Nothing is requested that is unpaid, unscreened, uncleared or stopped. A dispatch order that must not be carried out
 * is cancelled first, whatever happened to the order: an earlier request may have reached the warehouse after the stop.
 */
export async function requestDispatch(deps: DispatchDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const undoThenDo = [
    () => cancelUnwanted(deps, timeline, cause),
    () => requestMissing(deps, timeline, cause),
  ];
  await forEachInTurn(undoThenDo, (act) => act());
}

async function requestMissing(deps: DispatchDeps, before: Timeline, cause: Cause): Promise<void> {
  const { orderId } = before;
  const known = new Set(dispatchesOf(before.facts).map(({ dispatchId }) => dispatchId));
  const timeline = await nameDispatches(deps, before, cause);
  const left = parcelsThatLeft(timeline.facts);
  const open = dispatchesOf(timeline.facts).filter((each) => isOpen(each) && !left.has(each.parcelId));
  await forEachInTurn(open, async (dispatch) => {
    const system = await deps.systemByCode(dispatch.warehouseSystem);
    if (known.has(dispatch.dispatchId) && (await syncStatus(deps, system, { orderId, dispatch }, cause)))
      return;
    await send(deps, system, { timeline, dispatch }, cause);
  });
}

/** Parcels that may leave now and that no warehouse is working on. */
function parcelsToDispatch(timeline: Timeline): PlannedParcel[] {
  const { facts } = timeline;
  if (blockerOf(facts) !== undefined) return [];
  const named = (name: 'parcel.booked' | 'parcel.cleared' | 'parcel.label_voided' | 'parcel.dispatched') =>
    new Set(factsNamed(facts, name).map(({ data }) => data.parcelId));
  const [booked, cleared] = [named('parcel.booked'), named('parcel.cleared')];
  const [voided, left] = [named('parcel.label_voided'), named('parcel.dispatched')];
  const closed = closedParcels(facts);
  const dispatches = dispatchesOf(facts);
  return plannedParcels(timeline).filter(({ parcelId }) => {
    if (!booked.has(parcelId) || !cleared.has(parcelId)) return false;
    if (voided.has(parcelId) || left.has(parcelId) || closed.has(parcelId)) return false;
    const latest = dispatches.findLast((dispatch) => dispatch.parcelId === parcelId);
    // A warehouse that stopped is asked again only after a person has released the order.
    return latest === undefined || (latest.status === 'cancelled' && isReleasedSince(facts, latest.sequence));
  });
}

async function nameDispatches(deps: DispatchDeps, before: Timeline, cause: Cause): Promise<Timeline> {
  const { orderId } = before;
  const systems = new Map<string, string>();
  for (const { parcelId, consignment } of parcelsToDispatch(before)) {
    const { system } = await deps.warehouseById(consignment.warehouseId);
    systems.set(parcelId, system);
  }
  if (systems.size === 0) return before;
  return actOnOrder(deps, orderId, cause, (now) => {
    const given = dispatchesOf(now.facts).length;
    return parcelsToDispatch(now)
      .flatMap(({ parcelId, consignment }) => {
        const warehouseSystem = systems.get(parcelId);
        const { warehouseId } = consignment;
        return warehouseSystem === undefined ? [] : [{ parcelId, warehouseId, warehouseSystem }];
      })
      .map((data, index): Decided => {
        const dispatchId = dispatchIdOf(orderId, given + index + 1) ?? deps.newId('dispatch', deps.clock());
        return { name: 'dispatch.requested', data: { ...data, dispatchId } };
      });
  });
}

/** Asks the warehouse for its work so far; false when it does not know the dispatch order. */
async function syncStatus(
  deps: DispatchDeps,
  system: BoundWarehouseSystem,
  { orderId, dispatch }: { readonly orderId: string; readonly dispatch: DispatchState },
  cause: Cause,
): Promise<boolean> {
  const { dispatchId } = dispatch;
  const history = await system.find(toInstant(deps.clock()), { dispatchId });
  if (history === undefined) return false;
  for (const update of history)
    await decideAndReport(deps, orderId, cause, (now) => decideOnUpdate(now, update));
  return true;
}

async function send(
  deps: DispatchDeps,
  system: BoundWarehouseSystem,
  { timeline, dispatch }: { readonly timeline: Timeline; readonly dispatch: DispatchState },
  cause: Cause,
): Promise<void> {
  if (blockerOf(timeline.facts) !== undefined) return;
  await system.request(toInstant(deps.clock()), dispatchOrderOf(timeline, dispatch));
  // The order may have stopped while the request was being sent.
  const latest = await loadOrder(deps.timelines, timeline.orderId);
  await cancelUnwanted(deps, latest, cause, ({ dispatchId }) => dispatchId === dispatch.dispatchId);
}

/** The dispatch order for the warehouse. The same dispatch always gives the same text. */
function dispatchOrderOf(timeline: Timeline, dispatch: DispatchState): DispatchOrder {
  const { dispatchId, parcelId, warehouseId } = dispatch;
  const parcel = plannedParcels(timeline).find((planned) => planned.parcelId === parcelId);
  const own = timeline.facts.filter((fact) => 'parcelId' in fact.data && fact.data.parcelId === parcelId);
  const label = lastNamed(own, 'parcel.booked')?.data;
  const clearedAt = lastNamed(own, 'parcel.cleared')?.recordedAt;
  if (parcel === undefined || label === undefined || clearedAt === undefined)
    throw new Error(`parcel ${parcelId} is not ready to leave`);
  const { consignment } = parcel;
  const { labelUrl, trackingNumber, carrier } = label;
  return {
    dispatchId,
    parcelId,
    warehouseId,
    lines: unitsBySku(consignment.lines),
    label: { url: linkOf(labelUrl, trackingNumber), trackingNumber, carrier },
    ...cartonsToPack(consignment, label),
    shipBy: later(clearedAt, SHIP_WITHIN_MS),
    ...defined({ via: consignment.via }),
  };
}

/** The link of a label. Only the erasure removes it, and what is erased has ended. */
function linkOf(labelUrl: string | undefined, trackingNumber: string): string {
  invariant(labelUrl !== undefined, 'a parcel that may leave has the link of its label', { trackingNumber });
  return labelUrl;
}

/** The contents of each carton, in the order in which they were packed and booked. */
function cartonsToPack(
  consignment: PlannedConsignment,
  { carrier, pieces }: Fact<'parcel.booked'>['data'],
): Pick<DispatchOrder, 'cartons'> {
  if (pieces === undefined) return {};
  const skus = new Map(consignment.lines.map(({ lineId, sku }) => [lineId, sku]));
  const packed = packedCartons(consignment);
  const cartons = pieces.map(({ labelUrl, trackingNumber }, index): CartonToPack => {
    const carton = packed[index];
    invariant(carton !== undefined, 'every label is of a carton that was packed', { trackingNumber });
    const contents = carton.contents.map(({ lineId, quantity }) => {
      const sku = skus.get(lineId);
      invariant(sku !== undefined, 'a carton holds lines of its consignment', { lineId });
      return { sku, quantity };
    });
    const { dimensions } = carton;
    return {
      label: { url: linkOf(labelUrl, trackingNumber), trackingNumber, carrier },
      dimensions,
      lines: unitsBySku(contents),
    };
  });
  return { cartons };
}

function unitsBySku(
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): { readonly sku: string; readonly quantity: number }[] {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}
