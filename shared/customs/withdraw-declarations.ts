import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  closedParcels,
  type Decision,
  decideAndReport,
  factsNamed,
  forEachInTurn,
  holdOnce,
  loadOrder,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import type { BoundBroker } from './broker.ts';
import { type DeclarationState, declarationsOf } from './declaration-state.ts';
import type { AnswerDeps } from './declare-deps.ts';

/**
 * Withdraws the declarations of a cancelled order, or of a parcel that was stopped and closed. A released one can only
 * be invalidated by the authority on request (Delegated Regulation (EU) 2015/2446, Article 148), so a person has to ask
 * for it.
 */
export async function withdrawDeclarations(deps: AnswerDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  await forEachInTurn(declarationsToWithdraw(timeline), async ({ declarationId, broker: code, lrn }) => {
    const broker = await deps.brokerByCode(code);
    const answer = await broker.invalidate(toInstant(deps.clock()), lrn);
    await decideAndReport(deps, orderId, cause, (now) => decideWithdrawal(now, declarationId, answer));
  });
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
  answer: Awaited<ReturnType<BoundBroker['invalidate']>>,
): Decision {
  const { orderId, facts } = timeline;
  const declaration = declarationsToWithdraw(timeline).find((open) => open.declarationId === declarationId);
  // If the authority decides on the request, its answer comes like any other.
  if (declaration === undefined || answer === 'requested') return nothing;
  const { parcelId, broker, status } = declaration;
  if (answer === 'invalidated' && status !== 'released')
    return { facts: [{ name: 'declaration.invalidated', data: { declarationId, parcelId } }], notices: [] };
  const held = holdOnce(facts, 'declaration-released', parcelId);
  if (held.length === 0) return nothing;
  const detail = { orderId, parcelId, partner: broker, code: 'declaration-released' };
  return { facts: held, notices: [{ code: 'partner-refused', detail }] };
}
