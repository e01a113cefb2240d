import type { Fact } from '../../events/all-events.ts';
import { dayMs, hourMs, later, minuteMs } from '../kernel/time.ts';
import {
  activeHold,
  blockerOf,
  isReleasedSince,
  orderStateOf,
  type PlannedParcel,
  plannedParcels,
  runningPromises,
} from '../timeline/index.ts';
import type { Order } from './order.ts';
import { type Deadline, deadlineSince, lastOf, latestOf, movesOf, type Wait } from './wait.ts';

const LABEL: Wait = { waitMs: 5 * minuteMs, step: 'booking', waitingFor: 'the label' };
const CUSTOMS: Wait = { waitMs: 15 * minuteMs, step: 'clearance', waitingFor: 'customs' };
const DISPATCH: Wait = { waitMs: 5 * minuteMs, step: 'dispatch', waitingFor: 'the dispatch order' };
const WAREHOUSE: Wait = { waitMs: 4 * hourMs, step: 'dispatch', waitingFor: 'the warehouse' };
const SCAN: Wait = { waitMs: dayMs, step: 'delivery', waitingFor: 'the next scan' };
const ARRIVAL = 'the promised delivery';

/** The time for a partner's next answer if a person has to look at its latest one. */
const WITH_PERSON_MS = dayMs;
/** After a promise has passed, the partner that has the parcel is asked, and has this long to report an arrival. */
const TELLING_MS = 5 * minuteMs;

/** The deadlines of each parcel that is on its way, by its own progress, and the promises of parcels. */
export function parcelDeadlines(order: Order, facts: readonly Fact[]): Deadline[] {
  if (orderStateOf(facts).ended !== undefined) return [];
  const freedBy = freeingFact(facts);
  return plannedParcels({ orderId: order.orderId, facts }).flatMap((parcel) => {
    const { parcelId } = parcel;
    const moves = movesOf(facts, parcelId);
    const next = nextOf({ parcel, progress: order.parcels[parcelId], moves, facts, freedBy });
    const { wait, since } = next ?? {};
    if (wait === undefined || since === undefined) return [];
    const deadline = deadlineSince(since, wait, { key: `parcel:${parcelId}`, parcelId });
    return [wait === LABEL ? notBefore(deadline, parcel) : deadline];
  });
}

/** The label of a parcel of a presale is bought once its goods may leave. */
function notBefore(deadline: Deadline, { consignment: { sentFrom } }: PlannedParcel): Deadline {
  if (sentFrom === undefined || sentFrom <= deadline.dueAt) return deadline;
  return { ...deadline, dueAt: sentFrom, overdueFrom: later(sentFrom, LABEL.waitMs) };
}

/**
 * The promises that can still be broken. At the promised time the step of the parcel is repeated, so that the partner
 * that has it is asked whether it arrived. The step may be missing, where nobody can be asked.
 */
export function promiseDeadlines(facts: readonly Fact[], parcels: readonly Deadline[]): Deadline[] {
  return runningPromises(facts).map(({ parcelId, promisedBy }) => ({
    key: `promise:${parcelId}`,
    step: parcels.find((deadline) => deadline.parcelId === parcelId)?.step,
    dueAt: promisedBy,
    overdueFrom: later(promisedBy, TELLING_MS),
    waitingFor: ARRIVAL,
    since: movesOf(facts, parcelId).at(-1)?.sequence ?? 1,
    parcelId,
    reportedBy: 'parcel.promise_broken',
  }));
}

/** The latest fact of the whole order that ended a blocker. Undefined while there is one. */
function freeingFact(facts: readonly Fact[]): Fact | undefined {
  if (blockerOf(facts) !== undefined) return undefined;
  // Facts about a parcel neither begin nor end a blocker.
  return facts.findLast(
    (fact, index) => !('parcelId' in fact.data) && blockerOf(facts.slice(0, index)) !== undefined,
  );
}

interface ParcelAt {
  readonly parcel: PlannedParcel;
  readonly progress: Order['parcels'][string] | undefined;
  /** The facts that moved the parcel. */
  readonly moves: readonly Fact[];
  readonly facts: readonly Fact[];
  /** The fact since which our own steps may work for the order. Undefined while they may not. */
  readonly freedBy: Fact | undefined;
}

interface Next {
  readonly wait: Wait;
  readonly since: Fact | undefined;
}

/** What the parcel waits for, undefined when it has arrived or only a person can move it. */
function nextOf(at: ParcelAt): Next | undefined {
  const { parcel, progress, moves, facts } = at;
  switch (progress) {
    case 'planned':
      return activeHold(facts, 'booking-refused', parcel.parcelId) === undefined
        ? ours(at, LABEL)
        : undefined;
    case 'booked':
      return clearanceOf(at);
    case 'cleared':
      return lastOf(moves, 'parcel.label_voided') === undefined ? ours(at, DISPATCH) : undefined;
    case 'fulfilling': {
      const dispatch = moves.findLast(({ name }) => name.startsWith('dispatch.'));
      if (dispatch?.name !== 'dispatch.cancelled') return theirs(at, WAREHOUSE);
      return isReleasedSince(facts, dispatch.sequence) ? ours(at, DISPATCH) : undefined;
    }
    case 'dispatched':
      return theirs(at, SCAN);
    default:
      return undefined;
  }
}

/** Customs are asked about a filed declaration. A declaration that has ended is filed again only after a release. */
function clearanceOf(at: ParcelAt): Next | undefined {
  const declaration = at.moves.findLast(({ name }) => name.startsWith('declaration.'));
  if (declaration === undefined) return ours(at, CUSTOMS);
  const isOver = declaration.name === 'declaration.refused' || declaration.name === 'declaration.invalidated';
  if (!isOver) return theirs(at, CUSTOMS);
  return isReleasedSince(at.facts, declaration.sequence) ? ours(at, CUSTOMS) : undefined;
}

/**
 * A partner works on the parcel, whatever the order waits for: it counts from the parcel's own latest fact. Where a
 * person was asked to look at that fact, the partner has a day.
 */
function theirs({ parcel, moves, facts }: ParcelAt, wait: Wait): Next {
  const last = moves.at(-1);
  const hold = facts.findLast(
    ({ name, data }) => name === 'order.held' && 'parcelId' in data && data.parcelId === parcel.parcelId,
  );
  const release = hold === undefined ? undefined : releaseAfter(facts, hold);
  const isWithPerson = hold !== undefined && latestOf(last, hold) === hold && release === undefined;
  return {
    wait: isWithPerson ? { ...wait, waitMs: Math.max(wait.waitMs, WITH_PERSON_MS) } : wait,
    since: latestOf(last, release),
  };
}

/** A step of ours has to work. It counts from the time at which it could begin, and nothing is due under a blocker. */
function ours({ parcel, moves, facts, freedBy }: ParcelAt, wait: Wait): Next | undefined {
  if (freedBy === undefined) return undefined;
  return { wait, since: latestOf(moves.at(-1), freedBy, releaseOf(facts, parcel.parcelId)) };
}

/** The release of the latest hold that concerned the parcel, by its name or with the whole order. */
function releaseOf(facts: readonly Fact[], parcelId: string): Fact | undefined {
  const hold = facts.findLast(
    ({ name, data }) =>
      name === 'order.held' &&
      (!('parcelId' in data) || data.parcelId === undefined || data.parcelId === parcelId),
  );
  return hold === undefined ? undefined : releaseAfter(facts, hold);
}

const releaseAfter = (facts: readonly Fact[], hold: Fact): Fact | undefined =>
  facts.find(({ name, sequence }) => name === 'screening.released' && sequence > hold.sequence);
