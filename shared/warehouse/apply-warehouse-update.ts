import { unreachable } from '../kernel/invariant.ts';
import { mayMove } from '../kernel/transitions.ts';
import {
  closedParcels,
  type Decided,
  type Decision,
  deliveriesDue,
  factsNamed,
  holdNamed,
  holdOnce,
  nothing,
  orderStateOf,
  parcelsThatLeft,
  type Timeline,
} from '../timeline/index.ts';
import {
  type DispatchState,
  type DispatchStatus,
  dispatchesOf,
  dispatchTransitions,
} from './dispatch-state.ts';
import { stopOutcome } from './stop-outcome.ts';
import type { WarehouseUpdate } from './warehouse-system.ts';

/**
 * The facts that follow from a warehouse's report, which may come late, twice or in any order. A hand-over reported
 * before the packing counts, and the packing still adds the weight.
 */
export function decideOnUpdate(timeline: Timeline, update: WarehouseUpdate): Decision {
  const { orderId } = timeline;
  const { dispatchId, word } = update;
  const dispatch = dispatchesOf(timeline.facts).find((candidate) => candidate.dispatchId === dispatchId);
  if (dispatch === undefined) return nothing;
  const only = (...facts: Decided[]): Decision => ({
    facts: facts.map((fact) => ({ ...fact, occurredAt: update.occurredAt })),
    notices: [],
  });
  switch (update.status) {
    case 'picked':
      return nothing;
    case 'unrecognised': {
      const detail = { orderId, dispatchId, partner: dispatch.warehouseSystem, word };
      return { facts: [], notices: [{ code: 'partner-word-unrecognised', detail }] };
    }
    case 'accepted':
      return only(...acceptance(timeline, dispatch));
    case 'packed':
      return only(...packing(timeline, dispatch, update));
    case 'short':
      return only(...shortage(timeline, dispatch, update));
    case 'cancelled':
      return only(...stopping(timeline, dispatch));
    case 'handed-over':
      return handOver(timeline, dispatch, update);
    default:
      return unreachable(update.status, 'everything that a warehouse says is answered');
  }
}

const mayGo = ({ status }: DispatchState, to: DispatchStatus) => mayMove(dispatchTransitions, status, to);

const hasEnded = ({ facts }: Timeline) => orderStateOf(facts).ended !== undefined;

const hasLeft = ({ facts }: Timeline, parcelId: string) => parcelsThatLeft(facts).has(parcelId);

function acceptance(timeline: Timeline, dispatch: DispatchState): Decided[] {
  const { dispatchId, parcelId } = dispatch;
  if (!mayGo(dispatch, 'accepted') || hasEnded(timeline)) return [];
  return [{ name: 'dispatch.accepted', data: { dispatchId, parcelId } }];
}

function packing(
  { facts }: Timeline,
  { parcelId }: DispatchState,
  { weightGrams }: WarehouseUpdate,
): Decided[] {
  const isKnown = factsNamed(facts, 'parcel.packed').some(({ data }) => data.parcelId === parcelId);
  if (isKnown || weightGrams === undefined) return [];
  return [{ name: 'parcel.packed', data: { parcelId, weightGrams } }];
}

function shortage(timeline: Timeline, dispatch: DispatchState, { short = [] }: WarehouseUpdate): Decided[] {
  const { dispatchId, parcelId } = dispatch;
  if (!mayGo(dispatch, 'short') || hasEnded(timeline) || hasLeft(timeline, parcelId)) return [];
  const missing = short.map(({ sku, missingQuantity }) => ({ sku, missingQuantity }));
  return [
    { name: 'dispatch.short', data: { dispatchId, parcelId, short: missing } },
    ...(orderStateOf(timeline.facts).isStopping ? [] : holdOnce(timeline.facts, 'stock-short', parcelId)),
  ];
}

/** The warehouse stopped: it was asked to, another one had replaced it, or a person has to find out why. */
export function stopping(timeline: Timeline, dispatch: DispatchState): Decided[] {
  const { facts } = timeline;
  const { dispatchId, parcelId } = dispatch;
  if (!mayGo(dispatch, 'cancelled')) return [];
  const cancelled: Decided = { name: 'dispatch.cancelled', data: { dispatchId, parcelId } };
  if (hasEnded(timeline) || hasLeft(timeline, parcelId)) return [cancelled];
  return orderStateOf(facts).isStopping
    ? [cancelled, ...stopOutcome(timeline, { stopped: [dispatchId] })]
    : [cancelled, ...holdOnce(facts, 'warehouse-cancelled', parcelId)];
}

/**
 * The parcel left. If the warehouse had reported before that it stopped, its stock may be released, because the order
 * has ended or somebody has closed the parcel. The parcel can't be recorded as shipped any more: a person has to settle
 * it with the warehouse. Where it had left with another dispatch order before, the goods have left twice.
 */
function handOver(timeline: Timeline, dispatch: DispatchState, { occurredAt }: WarehouseUpdate): Decision {
  const { facts } = timeline;
  const { parcelId, dispatchId } = dispatch;
  const earlier = factsNamed(facts, 'parcel.dispatched').find(({ data }) => data.parcelId === parcelId);
  if (earlier !== undefined)
    return earlier.data.dispatchId === dispatchId ? nothing : askPerson(timeline, dispatch, LEFT_TWICE);
  const wasStopped = dispatch.status === 'cancelled';
  const { facts: held, notices } = wasStopped ? leftAfterStop(timeline, dispatch) : nothing;
  if (hasEnded(timeline) || closedParcels(facts).has(parcelId)) return { facts: held, notices };
  const left: Decided = {
    name: 'parcel.dispatched',
    data: { parcelId, dispatchId, handedOverAt: occurredAt },
    occurredAt,
  };
  const stopped = stopOutcome(timeline, { left: [parcelId] });
  return { facts: [left, ...stopped, ...held, ...deliveriesDue(facts, [left])], notices };
}

const LEFT_AFTER_STOP = 'handed-over-after-stop';
const LEFT_TWICE = 'handed-over-twice';

/** Asks a person to get the parcel back, once for each dispatch order. */
export const leftAfterStop = (timeline: Timeline, dispatch: DispatchState): Decision =>
  askPerson(timeline, dispatch, LEFT_AFTER_STOP);

function askPerson(
  { orderId, facts }: Timeline,
  { parcelId, dispatchId, warehouseSystem }: DispatchState,
  reason: typeof LEFT_AFTER_STOP | typeof LEFT_TWICE,
): Decision {
  const held = holdNamed(facts, { reason, parcelId, dispatchId });
  if (held.length === 0) return nothing;
  const detail = { orderId, parcelId, partner: warehouseSystem, code: reason };
  return { facts: held, notices: [{ code: 'partner-refused', detail }] };
}

/** Whether the report says that the warehouse is working on the dispatch order. A hand-over is settled by a person. */
export function isSignOfLife({ status }: WarehouseUpdate): boolean {
  return status === 'accepted' || status === 'picked' || status === 'packed' || status === 'short';
}
