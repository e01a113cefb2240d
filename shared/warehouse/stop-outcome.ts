import {
  closedParcels,
  type Decided,
  factsNamed,
  holdOnce,
  lastNamed,
  orderStateOf,
  plannedParcels,
  type Timeline,
} from '../timeline/index.ts';
import { dispatchesOf, isOpen } from './dispatch-state.ts';

/** The results that a decision is about to record, or has just received. */
export interface Learnt {
  /** Dispatch orders that the warehouse stopped. */
  readonly stopped?: readonly string[];
  /** Dispatch orders that it can't stop any more. */
  readonly tooLate?: readonly string[];
  /** Parcels that were handed over. */
  readonly left?: readonly string[];
}

/**
 * The result of a cancellation, once every warehouse has answered. All parcels stopped: the order is cancelled. Any
 * parcel left: the cancellation is refused and the order continues; for each parcel that had stopped by then, a person
 * decides whether to send or to close it. Undefined while an answer is missing.
 */
export function stopOutcome(
  timeline: Timeline,
  { stopped = [], tooLate = [], left = [] }: Learnt,
): Decided[] {
  const { facts } = timeline;
  if (!orderStateOf(facts).isStopping) return [];
  const dispatches = dispatchesOf(facts);
  const gone = new Set([...factsNamed(facts, 'parcel.dispatched').map(({ data }) => data.parcelId), ...left]);
  const stateOf = (parcelId: string) => {
    if (gone.has(parcelId)) return 'left';
    const latest = dispatches.findLast((dispatch) => dispatch.parcelId === parcelId);
    if (latest === undefined) return 'idle';
    if (!isOpen(latest) || stopped.includes(latest.dispatchId)) return 'stopped';
    return tooLate.includes(latest.dispatchId) ? 'left' : 'waiting';
  };
  const closed = closedParcels(facts);
  const open = plannedParcels(timeline).filter(({ parcelId }) => closed.get(parcelId) !== 'stopped');
  const states = open.map(({ parcelId }) => stateOf(parcelId));
  if (states.includes('waiting')) return [];
  if (!states.includes('left')) return [{ name: 'order.cancelled', data: { reason: reasonOf(timeline) } }];
  return [
    { name: 'order.cancellation_refused', data: { reason: 'already-left' } },
    ...open.flatMap(({ parcelId }) =>
      stateOf(parcelId) === 'stopped' ? holdOnce(facts, 'partly-stopped', parcelId) : [],
    ),
  ];
}

function reasonOf({ facts }: Timeline): 'asked-for' | 'stock-short' | 'operator' {
  if (lastNamed(facts, 'order.cancellation_requested')?.data.reason !== 'operator') return 'asked-for';
  return lastNamed(facts, 'dispatch.short') === undefined ? 'operator' : 'stock-short';
}
