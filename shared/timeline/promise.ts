import type { Fact } from '../../events/all-events.ts';
import { dayMs, hourMs, type Instant, later } from '../kernel/time.ts';
import { attentionOf } from './attention.ts';
import { orderStateOf } from './order-state.ts';
import { allDeliveredAt, trackedPieces } from './pieces.ts';
import type { Decided } from './timeline.ts';

/** A wait up to this long does not move the promise: paying by card takes some minutes. */
const NO_WAIT_MS = hourMs;

/**
 * The promise `latest`, moved because the parcel waited for something outside our control. It moves by each started
 * day, so that the hour of the day stays. Days have 24 hours; Sundays and holidays count.
 */
export function promiseAfterWait(latest: Instant, waitedMs: number): Instant {
  return waitedMs <= NO_WAIT_MS ? latest : later(latest, Math.ceil(waitedMs / dayMs) * dayMs);
}

/** A promised parcel that has not arrived and is not yet known to be late. */
interface RunningPromise {
  readonly parcelId: string;
  readonly promisedBy: Instant;
}

/**
 * The promises that can still be broken by the clock. There is none while the order is unpaid, held by screening or
 * being stopped, for a parcel that customs keep, that was stopped or closed, or for an order that has stopped.
 * Trouble on the way (a refused label, missing stock, a lost parcel) does not suspend a promise: such trouble breaks
 * it.
 */
export function runningPromises(facts: readonly Fact[]): RunningPromise[] {
  const [placed] = facts;
  const { ended, isStopping } = orderStateOf(facts);
  if (placed?.name !== 'order.placed' || ended !== undefined || isStopping) return [];
  return placed.data.parcels.flatMap(({ parcelId }): RunningPromise[] => {
    const mine = factsOfParcel(facts, parcelId);
    if (mine.some(({ name }) => SETTLED.has(name)) || isPartlyStopped(facts, parcelId)) return [];
    if (mine.findLast(({ name }) => name.startsWith('dispatch.'))?.name === 'dispatch.cancelled') return [];
    if (waitOf(facts, parcelId).since !== undefined) return [];
    const promisedBy = promisedByOf(facts, parcelId, placed.recordedAt);
    return promisedBy === undefined || isThereBy(mine, promisedBy) ? [] : [{ parcelId, promisedBy }];
  });
}

/** The facts after which the clock breaks no promise of the parcel. */
const SETTLED: ReadonlySet<Fact['name']> = new Set([
  'parcel.delivered',
  'parcel.promise_broken',
  'parcel.closed',
]);

const isPartlyStopped = (facts: readonly Fact[], parcelId: string): boolean =>
  facts.some(({ name }) => name === 'screening.refused') &&
  attentionOf(facts).some((reason) => reason.reason === 'partly-stopped' && reason.parcelId === parcelId);

/**
 * The promised instant of the parcel: as quoted, moved by the wait for the payment, for a person's check of the order,
 * and for customs. A wait that has not ended counts up to `until`. Undefined if the parcel is not the order's.
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

/** A fact for each promise that is broken now; at most one per parcel, whoever finds it first. */
export function promisesBroken(facts: readonly Fact[], now: Instant): Decided[] {
  return runningPromises(facts)
    .filter(({ promisedBy }) => promisedBy < now)
    .map(({ parcelId, promisedBy }) => ({
      name: 'parcel.promise_broken',
      data: { parcelId, promisedBy },
      occurredAt: promisedBy,
    }));
}

/** The fact of a broken promise, if the delivery was late and the clock has not recorded it before. */
export function brokenByDelivery(facts: readonly Fact[], parcelId: string, deliveredAt: Instant): Decided[] {
  const { ended } = orderStateOf(facts);
  if (ended === 'cancelled' || ended === 'expired') return [];
  if (factsOfParcel(facts, parcelId).some(({ name }) => name === 'parcel.promise_broken')) return [];
  const promisedBy = promisedByOf(facts, parcelId, deliveredAt);
  if (promisedBy === undefined || deliveredAt <= promisedBy) return [];
  const data = { parcelId, promisedBy, deliveredAt };
  return [{ name: 'parcel.promise_broken', data, occurredAt: promisedBy }];
}

/** Whether the carrier delivered all of it in time, although the warehouse has not yet reported the hand-over. */
const isThereBy = (mine: readonly Fact[], promisedBy: Instant): boolean => {
  const deliveredAt = allDeliveredAt(trackedPieces(mine));
  return deliveredAt !== undefined && deliveredAt <= promisedBy;
};

const factsOfParcel = (facts: readonly Fact[], parcelId: string): Fact[] =>
  facts.filter((fact) => 'parcelId' in fact.data && fact.data.parcelId === parcelId);

interface Wait {
  /** The finished part of the wait. */
  readonly waitedMs: number;
  /** When the present wait began; undefined if there is none. */
  readonly since: Instant | undefined;
}

type Cause = 'payment' | 'screening' | 'customs';

/** How long the parcel waited for things outside our control. Waits at the same time count once. */
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
