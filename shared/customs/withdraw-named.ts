import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  type Decision,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  holdOnce,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnAnswer } from './apply-declaration-answer.ts';
import type { BoundBroker } from './broker.ts';
import { type DeclarationState, declarationsOf } from './declaration-state.ts';
import type { AnswerDeps } from './declare-deps.ts';

/**
 * Withdraws the declarations that facts name of a cancelled order, or of a parcel that was stopped and closed: those
 * that are left when it is repeated. Where the authority decides on the request, it is asked for its answer. A released
 * declaration can only be invalidated by the authority on request (Delegated Regulation (EU) 2015/2446, Article 148),
 * so a person has to ask for it. Nobody is called if nothing is to be withdrawn.
 */
export async function withdrawNamed(deps: AnswerDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId } = timeline;
  await forEachInTurn(declarationsToWithdraw(timeline), async ({ declarationId, broker: code, lrn }) => {
    const broker = await deps.brokerByCode(code);
    const answer = await broker.invalidate(toInstant(deps.clock()), lrn);
    if (answer === 'requested') return askForAnswer(deps, orderId, { broker, lrn }, cause);
    await decideAndReport(deps, orderId, cause, (now) => decideWithdrawal(now, declarationId, answer));
  });
}

/** The authority's answer comes as a call of the broker, which may be lost: so a repeat finds it here. */
async function askForAnswer(
  deps: AnswerDeps,
  orderId: string,
  { broker, lrn }: { readonly broker: BoundBroker; readonly lrn: string },
  cause: Cause,
): Promise<void> {
  const reported = await broker.find(toInstant(deps.clock()), lrn);
  if (reported === undefined) return;
  await decideAndReport(deps, orderId, cause, (now) => decideOnAnswer(now, reported));
}

/** Whether the declaration stands, although the order was cancelled. */
export function isUnwanted(timeline: Timeline, lrn: string): boolean {
  return declarationsToWithdraw(timeline).some((declaration) => declaration.lrn === lrn);
}

/** Declarations of goods that will not be sent. */
function declarationsToWithdraw({ facts }: Timeline): DeclarationState[] {
  const isStopped = orderStateOf(facts).ended === 'cancelled';
  const closed = closedParcels(facts);
  const gone = new Set(factsNamed(facts, 'parcel.dispatched').map(({ data }) => data.parcelId));
  return declarationsOf(facts).filter(
    ({ parcelId, status }) =>
      status !== 'refused' &&
      status !== 'invalidated' &&
      !gone.has(parcelId) &&
      (isStopped || closed.get(parcelId) === 'stopped'),
  );
}

function decideWithdrawal(
  timeline: Timeline,
  declarationId: string,
  answer: 'invalidated' | 'too-late',
): Decision {
  const declaration = declarationsToWithdraw(timeline).find((open) => open.declarationId === declarationId);
  if (declaration === undefined) return nothing;
  const { parcelId, broker, status } = declaration;
  if (answer === 'invalidated' && status !== 'released')
    return { facts: [{ name: 'declaration.invalidated', data: { declarationId, parcelId } }], notices: [] };
  return decideNotWithdrawn(timeline, { parcelId, broker });
}

/** The declaration can't be withdrawn by us: it is reported to a person, once. */
export function decideNotWithdrawn(
  { orderId, facts }: Timeline,
  { parcelId, broker }: { readonly parcelId: string; readonly broker: string },
): Decision {
  const held = holdOnce(facts, 'declaration-released', parcelId);
  if (held.length === 0) return nothing;
  const detail = { orderId, parcelId, partner: broker, code: 'declaration-released' };
  return { facts: held, notices: [{ code: 'partner-refused', detail }] };
}
