import type { Cause } from '../../events/envelope.ts';
import type { Finding } from '../../events/screening.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import {
  type ActOnOrder,
  actOnOrder,
  type Decided,
  earlierRequest,
  holdOnce,
  isAtWarehouse,
  isHeld,
  operatorRequest,
  orderStateOf,
  parcelsThatLeft,
  parcelsToGo,
  type Timeline,
} from '../timeline/index.ts';
import { type UnchangedRequests, unchangedBefore } from './unchanged-requests.ts';

const operatorDecisions = ['release', 'hold', 'refuse'] as const;
export type OperatorDecision = (typeof operatorDecisions)[number];

/** Why the decision can't be carried out any more, or not yet. */
export type DecisionRefusal =
  | 'order-ended'
  | 'being-stopped'
  | 'not-paid-yet'
  | 'already-dispatched'
  /** The request's key came with another request. */
  | 'request-reused';

export type DecisionOutcome = 'decided' | 'no-change';

/**
 * A person decides on an order. `release` lets a held order continue, whatever the reason of the hold; `hold` keeps all
 * stages from further work on it; `refuse` stops it, through the warehouse if that is already at work. After a parcel
 * has left, `refuse` stops the others, and each of them waits to be closed. A repeat of the request that the cause
 * names decides nothing more, and gets the answer of the first.
 */
export async function decideByOperator(
  deps: ActOnOrder,
  orderId: string,
  decision: OperatorDecision,
  cause: Cause,
): Promise<Result<DecisionOutcome, DecisionRefusal>> {
  let outcome: Result<DecisionOutcome, DecisionRefusal> = ok('no-change');
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const earlier = earlierRequest(timeline.facts, cause.request);
    if (earlier !== undefined) {
      outcome = earlier === 'same' ? ok('decided') : refused('request-reused');
      return [];
    }
    const decided = decideOnDecision(timeline, decision);
    if (!decided.ok) {
      outcome = decided;
      return [];
    }
    outcome = ok(decided.value.length === 0 ? 'no-change' : 'decided');
    return decided.value;
  });
  return outcome;
}

/**
 * An operator's request for a decision. A repeat with the same key gets the answer of the first, also where that
 * changed nothing and the order has gone on since.
 */
export async function decideOnRequest(
  deps: ActOnOrder & { readonly unchanged: UnchangedRequests },
  orderId: string,
  decision: OperatorDecision,
  { operator, key }: { readonly operator: string; readonly key: string },
): Promise<Result<DecisionOutcome, DecisionRefusal>> {
  const request = operatorRequest(key, { decision });
  const before = await unchangedBefore(deps.unchanged, orderId, request);
  if (before === 'other') return refused('request-reused');
  if (before === 'same') return ok('no-change');
  const decided = await decideByOperator(deps, orderId, decision, {
    ...{ by: 'operator', reference: operator, request },
  });
  const isUnchanged = decided.ok && decided.value === 'no-change';
  if (isUnchanged) await deps.unchanged.keep(orderId, request, toInstant(deps.clock()));
  return decided;
}

function decideOnDecision(
  { facts }: Timeline,
  decision: OperatorDecision,
): Result<readonly Decided[], DecisionRefusal> {
  const orderState = orderStateOf(facts);
  if (orderState.ended !== undefined)
    return decision === 'refuse' && orderState.ended === 'cancelled' ? ok([]) : refused('order-ended');
  if (decision === 'refuse')
    return parcelsToGo(facts).length === 0 ? refused('already-dispatched') : ok(stop({ facts }, orderState));
  if (orderState.isStopping) return refused('being-stopped');
  if (!orderState.isAuthorised) return refused('not-paid-yet');
  if (decision === 'release') {
    if (orderState.screening === 'released' && !isHeld(facts)) return ok([]);
    return ok([{ name: 'screening.released', data: { findings: [finding('pass')], by: 'operator' } }]);
  }
  if (orderState.screening === 'held') return ok([]);
  return ok([{ name: 'screening.held', data: { findings: [finding('hold')] } }]);
}

/**
 * Before the warehouse was asked for anything the order ends at once; afterwards the warehouse has to answer first.
 * After a parcel has left the order goes on without the others: those at a warehouse are stopped there, the rest waits.
 */
function stop(
  { facts }: Pick<Timeline, 'facts'>,
  { screening, isStopping }: ReturnType<typeof orderStateOf>,
): Decided[] {
  const refusedFact: Decided[] =
    screening === 'refused'
      ? []
      : [{ name: 'screening.refused', data: { findings: [finding('refuse')], by: 'operator' } }];
  if (isStopping) return refusedFact;
  const hasLeft = parcelsThatLeft(facts).size > 0;
  if (hasLeft) return [...refusedFact, ...stopTheRest(facts)];
  const isAtWork = facts.some((fact) => fact.name === 'dispatch.requested');
  return isAtWork
    ? [...refusedFact, { name: 'order.cancellation_requested', data: { reason: 'operator' } }]
    : [...refusedFact, { name: 'order.cancelled', data: { reason: 'operator' } }];
}

function stopTheRest(facts: Timeline['facts']): Decided[] {
  const rest = parcelsToGo(facts);
  const idle = rest.filter((parcelId) => !isAtWarehouse(facts, parcelId));
  const asked: Decided = { name: 'order.cancellation_requested', data: { reason: 'operator' } };
  return [
    ...idle.flatMap((parcelId) => holdOnce(facts, 'partly-stopped', parcelId)),
    ...(idle.length === rest.length ? [] : [asked]),
  ];
}

const finding = (outcome: Finding['outcome']): Finding => ({
  ruleId: 'operator',
  outcome,
  explanation: 'decided by a person, who is named in the cause',
});
