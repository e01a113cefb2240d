import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  type Decision,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  isReleasedSince,
  nothing,
  orderStateOf,
  type PlannedParcel,
  plannedParcels,
  type Timeline,
} from '../timeline/index.ts';
import type { BoundBroker } from './broker.ts';
import { lrnOf } from './declaration-id.ts';
import { declarationsOf } from './declaration-state.ts';
import type { DeclareDeps } from './declare-deps.ts';
import { nextDeclarationId, prepareFiling, recordFiling } from './file-declaration.ts';
import { decideNotWithdrawn, withdrawNamed } from './withdraw-named.ts';

/**
 * Withdraws the declarations of a cancelled order or a stopped parcel that no fact names: a step may have stopped
 * between the filing and its fact. The broker is asked to invalidate by our own number and not to look first, because
 * a look may lag behind. What it had on file is recorded and then withdrawn like any other.
 */
export async function withdrawUnnamed(deps: DeclareDeps, timeline: Timeline, cause: Cause): Promise<void> {
  await forEachInTurn(parcelsToSearch(timeline), async (parcel) => {
    const broker = await deps.brokerFor(parcel.consignment.regime);
    const lrn = lrnOf(nextDeclarationId(timeline.facts, parcel.parcelId));
    const answer = await broker.invalidate(toInstant(deps.clock()), lrn);
    if (answer === 'invalidated')
      await decideAndReport(deps, timeline.orderId, cause, (now) => decideUndeclared(now, parcel.parcelId));
    else await record(deps, timeline, { parcel, broker, lrn }, cause);
  });
}

interface Found {
  readonly parcel: PlannedParcel;
  readonly broker: BoundBroker;
  readonly lrn: string;
}

/**
 * Records the declaration that was found, with what the authority said of it. If it can't be written any more, because
 * the seller's data changed since, a person has to look.
 */
async function record(
  deps: DeclareDeps,
  timeline: Timeline,
  { parcel, broker, lrn }: Found,
  cause: Cause,
): Promise<void> {
  const { orderId } = timeline;
  const built = await prepareFiling(deps, timeline, parcel);
  if (!built.ok) {
    const about = { parcelId: parcel.parcelId, broker: broker.code };
    await decideAndReport(deps, orderId, cause, (now) => decideNotWithdrawn(now, about));
    return;
  }
  const now = toInstant(deps.clock());
  const received = {
    lrn,
    status: 'received',
    authorityCode: 'received',
    occurredAt: now,
    reasons: [],
  } as const;
  const answer = (await broker.find(now, lrn)) ?? received;
  const latest = await recordFiling(deps, orderId, { filing: built.value, answer }, cause);
  await withdrawNamed(deps, latest, cause);
}

/** The broker has no declaration of the stopped parcel: recorded once. */
function decideUndeclared({ facts }: Timeline, parcelId: string): Decision {
  const isKnown = factsNamed(facts, 'parcel.undeclared').some(({ data }) => data.parcelId === parcelId);
  return isKnown ? nothing : { facts: [{ name: 'parcel.undeclared', data: { parcelId } }], notices: [] };
}

/** Parcels that may have been declared without a fact: with a label, and with no declaration that a fact names. */
function parcelsToSearch(timeline: Timeline): PlannedParcel[] {
  const { facts } = timeline;
  const booked = new Set(factsNamed(facts, 'parcel.booked').map(({ data }) => data.parcelId));
  const isCancelled = orderStateOf(facts).ended === 'cancelled';
  const closed = closedParcels(facts);
  return plannedParcels(timeline).filter(
    ({ parcelId, consignment }) =>
      (isCancelled || closed.get(parcelId) === 'stopped') &&
      consignment.dataSet !== undefined &&
      booked.has(parcelId) &&
      mayBeFiled(facts, parcelId),
  );
}

/** After a declaration that is over, the next one is filed once a person has released the order. */
function mayBeFiled(facts: readonly Fact[], parcelId: string): boolean {
  const latest = declarationsOf(facts).findLast((candidate) => candidate.parcelId === parcelId);
  if (latest === undefined) return true;
  const isOver = latest.status === 'refused' || latest.status === 'invalidated';
  return isOver && isReleasedSince(facts, latest.sequence);
}
