import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  blockerOf,
  closedParcels,
  type Decided,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  isReleasedSince,
  loadOrder,
  orderStateOf,
  type PlannedParcel,
  plannedParcels,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnAnswer } from './apply-declaration-answer.ts';
import { type DeclarationState, declarationsOf } from './declaration-state.ts';
import type { DeclareDeps } from './declare-deps.ts';
import { fileDeclaration } from './file-declaration.ts';
import { withdrawDeclarationsOf } from './withdraw-declarations.ts';

/**
 * Has every booked parcel cleared by customs. A parcel that crosses no customs border is cleared at once. Any other
 * parcel is declared once, and without an answer the broker is asked for it. A refused declaration is filed again, with
 * a new number, after a person has released the order. The declarations of a cancelled order, and of a parcel that was
 * stopped and closed, are withdrawn first, also one that an earlier try may have filed without recording it.
 */
export async function clearParcels(deps: DeclareDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const undoThenDo = [
    () => withdrawDeclarationsOf(deps, timeline, cause),
    () => clearWaiting(deps, timeline, cause),
  ];
  await forEachInTurn(undoThenDo, (act) => act());
}

async function clearWaiting(deps: DeclareDeps, timeline: Timeline, cause: Cause): Promise<void> {
  if (orderStateOf(timeline.facts).ended === 'cancelled') return;
  await forEachInTurn(parcelsToClear(timeline), async (parcel) => {
    const next = nextStepFor(timeline, parcel);
    if (next.step === 'clear') await clearWithout(deps, timeline.orderId, parcel, cause);
    if (next.step === 'file') await fileDeclaration(deps, timeline, parcel, cause);
    if (next.step === 'ask') await ask(deps, timeline, { parcel, declaration: next.declaration }, cause);
  });
}

/** Parcels with a label that customs has not cleared. */
function parcelsToClear(timeline: Timeline): PlannedParcel[] {
  const { facts } = timeline;
  const named = (name: 'parcel.booked' | 'parcel.cleared') =>
    new Set(factsNamed(facts, name).map(({ data }) => data.parcelId));
  const [booked, cleared] = [named('parcel.booked'), named('parcel.cleared')];
  const closed = closedParcels(facts);
  return plannedParcels(timeline).filter(
    ({ parcelId }) => booked.has(parcelId) && !cleared.has(parcelId) && !closed.has(parcelId),
  );
}

type NextStep =
  | { readonly step: 'wait' | 'clear' | 'file' }
  | { readonly step: 'ask'; readonly declaration: DeclarationState };

/** The next step for the parcel. Nothing is filed while the order has a blocker. */
function nextStepFor({ facts }: Timeline, { parcelId, consignment }: PlannedParcel): NextStep {
  const mayAct = blockerOf(facts) === undefined;
  if (consignment.dataSet === undefined) return { step: mayAct ? 'clear' : 'wait' };
  const declaration = declarationsOf(facts).findLast((candidate) => candidate.parcelId === parcelId);
  if (declaration === undefined) return { step: mayAct ? 'file' : 'wait' };
  if (declaration.status === 'refused' || declaration.status === 'invalidated')
    return { step: mayAct && isReleasedSince(facts, declaration.sequence) ? 'file' : 'wait' };
  return orderStateOf(facts).ended === undefined ? { step: 'ask', declaration } : { step: 'wait' };
}

async function clearWithout(
  deps: DeclareDeps,
  orderId: string,
  parcel: PlannedParcel,
  cause: Cause,
): Promise<void> {
  const { parcelId } = parcel;
  await actOnOrder(deps, orderId, cause, (now): Decided[] =>
    parcelsToClear(now).some((open) => open.parcelId === parcelId) && blockerOf(now.facts) === undefined
      ? [{ name: 'parcel.cleared', data: { parcelId, basis: 'no-customs-border' } }]
      : [],
  );
}

async function ask(
  deps: DeclareDeps,
  timeline: Timeline,
  { parcel, declaration }: { readonly parcel: PlannedParcel; readonly declaration: DeclarationState },
  cause: Cause,
): Promise<void> {
  const { broker: code, lrn } = declaration;
  const broker = await deps.brokerByCode(code);
  const answer = await broker.find(toInstant(deps.clock()), lrn);
  // The broker never received it, or lost it. Filing again under the same number can't create a second one.
  if (answer === undefined) await fileDeclaration(deps, timeline, parcel, cause);
  else await decideAndReport(deps, timeline.orderId, cause, (now) => decideOnAnswer(now, answer));
}
