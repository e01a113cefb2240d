import type { Fact } from '../../events/all-events.ts';
import { minuteMs } from '../kernel/time.ts';
import {
  closedParcels,
  isReleasedSince,
  orderStateOf,
  type PlannedParcel,
  piecesOf,
  plannedParcels,
  wasFree,
} from '../timeline/index.ts';
import { type Deadline, deadlineSince, lastOf, latestOf, movesOf, type Wait } from './wait.ts';

const CANCELLATION: Wait = {
  waitMs: 5 * minuteMs,
  step: 'dispatch',
  waitingFor: 'the dispatch order to be cancelled',
};
const VOIDING: Wait = { waitMs: 5 * minuteMs, step: 'voiding', waitingFor: 'the label to be voided' };
const WITHDRAWAL: Wait = {
  waitMs: 5 * minuteMs,
  step: 'withdrawal',
  waitingFor: 'the declaration to be withdrawn',
};

/**
 * The effects that nobody has undone: of a stopped order, or of a parcel that was stopped and closed, the labels and
 * declarations of parcels that never left; and a dispatch order of a parcel that left with another one. A step whose
 * answer was lost left no fact. So a stopped parcel that our steps may have worked on is due as well, until its partner
 * was asked. Where an effect can't be undone a person was asked to look, and nothing is due.
 */
export function undoDeadlines(orderId: string, facts: readonly Fact[]): Deadline[] {
  const { ended } = orderStateOf(facts);
  const isStopped = ended === 'cancelled' || ended === 'expired';
  const closed = closedParcels(facts);
  return plannedParcels({ orderId, facts }).flatMap((parcel) => {
    const { parcelId } = parcel;
    const moves = movesOf(facts, parcelId);
    if (lastOf(moves, 'parcel.dispatched') !== undefined) return replacementDeadline(facts, moves, parcelId);
    const isClosed = closed.get(parcelId) === 'stopped';
    const end = isStopped
      ? lastOf(facts, 'order.cancelled', 'order.expired')
      : isClosed
        ? lastOf(moves, 'parcel.closed')
        : undefined;
    if (end === undefined) return [];
    const due = (key: string, effect: Fact | undefined, wait: Wait): Deadline[] => {
      const since = effect === undefined ? undefined : latestOf(effect, end);
      return since === undefined ? [] : [deadlineSince(since, wait, { key: `${key}:${parcelId}`, parcelId })];
    };
    const stopped = { parcel, moves, end };
    return [
      ...due('void', labelOf(facts, stopped), VOIDING),
      ...due('withdrawal', declarationOf(facts, stopped), WITHDRAWAL),
    ];
  });
}

/** The parcel left with one dispatch order, and another one is still at the warehouse. */
function replacementDeadline(facts: readonly Fact[], moves: readonly Fact[], parcelId: string): Deadline[] {
  const open = new Set<string>();
  const left = moves.findLast((fact) => fact.name === 'parcel.dispatched');
  for (const { name, data } of facts) {
    if (name === 'dispatch.requested' && data.parcelId === parcelId) open.add(data.dispatchId);
    if (name === 'dispatch.cancelled' || name === 'parcel.dispatched') open.delete(data.dispatchId);
    // A person was asked to look at it.
    if (name === 'order.held' && data.dispatchId !== undefined) open.delete(data.dispatchId);
  }
  return left === undefined || open.size === 0
    ? []
    : [deadlineSince(left, CANCELLATION, { key: `replacement:${parcelId}`, parcelId })];
}

interface Stopped {
  readonly parcel: PlannedParcel;
  readonly moves: readonly Fact[];
  /** The fact that stopped the order or the parcel. */
  readonly end: Fact;
}

/** The fact of a label that nobody has voided; the end, if the carrier was not asked for a label without a fact. */
function labelOf(facts: readonly Fact[], { moves, end }: Stopped): Fact | undefined {
  const label = lastOf(moves, 'parcel.booked', 'parcel.label_voided');
  if (label === undefined) return wasFree(facts) ? end : undefined;
  if (label.name !== 'parcel.booked') return undefined;
  const named = piecesOf(label.data).map(({ carrierShipmentId }) => carrierShipmentId);
  const isWithPerson = facts.some(
    ({ name, data }) =>
      name === 'order.held' &&
      'carrierShipmentId' in data &&
      named.some((carrierShipmentId) => carrierShipmentId === data.carrierShipmentId),
  );
  return isWithPerson ? undefined : label;
}

/**
 * The latest fact of a declaration that the authority has neither refused nor invalidated; the end, if the broker was
 * not asked for a declaration without a fact.
 */
function declarationOf(facts: readonly Fact[], { parcel, moves, end }: Stopped): Fact | undefined {
  const declaration = moves.findLast(({ name }) => name.startsWith('declaration.'));
  const isOver =
    declaration?.name === 'declaration.refused' || declaration?.name === 'declaration.invalidated';
  if (declaration !== undefined && !isOver) {
    const filed = lastOf(moves, 'declaration.filed') ?? declaration;
    return isWithPersonSince(facts, parcel, filed) ? undefined : declaration;
  }
  // The next one may have been filed: the first after the booking, another after a release.
  const mayBeFiled = declaration === undefined || isReleasedSince(facts, declaration.sequence);
  const isDeclared = parcel.consignment.dataSet !== undefined;
  if (!isDeclared || !mayBeFiled || lastOf(moves, 'parcel.booked') === undefined) return undefined;
  const isAsked = lastOf(moves, 'parcel.undeclared') !== undefined;
  return isAsked || isWithPersonSince(facts, parcel, end) ? undefined : end;
}

/** Whether a person was asked to look at the declaration, even if that person has decided since. */
function isWithPersonSince(facts: readonly Fact[], { parcelId }: PlannedParcel, since: Fact): boolean {
  return facts.some(
    (fact) =>
      fact.name === 'order.held' &&
      fact.data.reason === 'declaration-released' &&
      fact.data.parcelId === parcelId &&
      fact.sequence > since.sequence,
  );
}
