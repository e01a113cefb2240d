import type { Fact } from '../../events/all-events.ts';
import { dayMs, hourMs, type Instant, later } from '../kernel/time.ts';
import { orderStateOf } from './order-state.ts';
import { allDeliveredAt, trackedPieces } from './pieces.ts';
import type { Decided } from './timeline.ts';

/** A wait no longer than this moves no promise: one who pays by card takes some minutes. */
const NO_WAIT_MS = hourMs;

/**
 * A promise of `latest` after the parcel had to wait for something that was not ours to do: as many days later as
 * were begun, so that it keeps its hour of the day. In days of 24 hours, Sundays and holidays counted.
 */
export function promiseAfterWait(latest: Instant, waitedMs: number): Instant {
  return waitedMs <= NO_WAIT_MS ? latest : later(latest, Math.ceil(waitedMs / dayMs) * dayMs);
}

/** A parcel that was promised by then and is neither there nor known to be late. */
export interface RunningPromise {
  readonly parcelId: string;
  readonly promisedBy: Instant;
}

/**
 * The promises that the clock can still break. None runs while the order is unpaid, held by screening or being
 * stopped, nor for a parcel that customs keep or that the warehouse stopped; an order that stopped has none at all.
 * Trouble on the way (a refused label, missing stock, a lost parcel) stops no promise: it is what breaks it.
 */
function runningPromises(facts: readonly Fact[]): RunningPromise[] {
  const [placed] = facts;
  const { ended, isStopping } = orderStateOf(facts);
  if (placed?.name !== 'order.placed' || ended !== undefined || isStopping) return [];
  return placed.data.parcels.flatMap(({ parcelId }): RunningPromise[] => {
    const mine = factsOfParcel(facts, parcelId);
    if (mine.some(({ name }) => name === 'parcel.delivered' || name === 'parcel.promise_broken')) return [];
    if (mine.findLast(({ name }) => name.startsWith('dispatch.'))?.name === 'dispatch.cancelled') return [];
    if (waitOf(facts, parcelId).since !== undefined) return [];
    const promisedBy = promisedByOf(facts, parcelId, placed.recordedAt);
    return promisedBy === undefined || isThereBy(mine, promisedBy) ? [] : [{ parcelId, promisedBy }];
  });
}

/** When the clock can break the next promise; undefined where none runs. */
export function nextPromise(facts: readonly Fact[]): Instant | undefined {
  return runningPromises(facts)
    .map(({ promisedBy }) => promisedBy)
    .sort()[0];
}

/**
 * By when the parcel is promised: as quoted, moved on by the wait for the payment, for a person's check of the order,
 * and for customs that keep the parcel; a wait that lasts counts up to `until`. Undefined for a parcel that is not
 * the order's.
 */
export function promisedByOf(facts: readonly Fact[], parcelId: string, until: Instant): Instant | undefined {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') return undefined;
  const { parcels, landedCost } = placed.data;
  const own = parcels.find((parcel) => parcel.parcelId === parcelId);
  const consignment = landedCost.consignments.find(
    ({ consignmentId }) => consignmentId === own?.consignmentId,
  );
  if (consignment === undefined) return undefined;
  const { waitedMs, since } = waitOf(facts, parcelId);
  const lastingMs = since === undefined ? 0 : Math.max(0, Date.parse(until) - Date.parse(since));
  return promiseAfterWait(consignment.promise.latest, waitedMs + lastingMs);
}

/** The promises that are broken now, each as the fact that says so: once a parcel, whoever comes first. */
export function promisesBroken(facts: readonly Fact[], now: Instant): Decided[] {
  return runningPromises(facts)
    .filter(({ promisedBy }) => promisedBy < now)
    .map(({ parcelId, promisedBy }) => ({
      name: 'parcel.promise_broken',
      data: { parcelId, promisedBy },
      occurredAt: promisedBy,
    }));
}

/** What a delivery says of the promise: broken, where it came late and the clock had not told yet. */
export function brokenByDelivery(facts: readonly Fact[], parcelId: string, deliveredAt: Instant): Decided[] {
  const { ended } = orderStateOf(facts);
  if (ended === 'cancelled' || ended === 'expired') return [];
  if (factsOfParcel(facts, parcelId).some(({ name }) => name === 'parcel.promise_broken')) return [];
  const promisedBy = promisedByOf(facts, parcelId, deliveredAt);
  if (promisedBy === undefined || deliveredAt <= promisedBy) return [];
  const data = { parcelId, promisedBy, deliveredAt };
  return [{ name: 'parcel.promise_broken', data, occurredAt: promisedBy }];
}

/** Whether the carrier delivered all of it in time, though the warehouse has not told yet that it left. */
const isThereBy = (mine: readonly Fact[], promisedBy: Instant): boolean => {
  const deliveredAt = allDeliveredAt(trackedPieces(mine));
  return deliveredAt !== undefined && deliveredAt <= promisedBy;
};

const factsOfParcel = (facts: readonly Fact[], parcelId: string): Fact[] =>
  facts.filter((fact) => 'parcelId' in fact.data && fact.data.parcelId === parcelId);

interface Wait {
  /** What is over of it. */
  readonly waitedMs: number;
  /** Since when it lasts; undefined: it does not. */
  readonly since: Instant | undefined;
}

type Cause = 'payment' | 'screening' | 'customs';

/** How long the parcel waited for what is not ours to do. Waits at the same time count once. */
function waitOf(facts: readonly Fact[], parcelId: string): Wait {
  const causes = new Set<Cause>();
  let waitedMs = 0;
  let since: Instant | undefined;
  for (const fact of facts) {
    change(causes, fact, parcelId);
    if (causes.size > 0) since ??= fact.recordedAt;
    else if (since !== undefined) {
      waitedMs += Date.parse(fact.recordedAt) - Date.parse(since);
      since = undefined;
    }
  }
  return { waitedMs, since };
}

function change(causes: Set<Cause>, fact: Fact, parcelId: string): void {
  switch (fact.name) {
    case 'order.placed':
      causes.add('payment');
      break;
    case 'payment.authorised':
    case 'payment.captured':
      causes.delete('payment');
      break;
    case 'screening.held':
      causes.add('screening');
      break;
    case 'screening.released':
      causes.delete('screening');
      break;
    case 'declaration.queried':
      if (fact.data.parcelId === parcelId) causes.add('customs');
      break;
    case 'declaration.released':
    case 'parcel.cleared':
      if (fact.data.parcelId === parcelId) causes.delete('customs');
      break;
    default:
  }
}
