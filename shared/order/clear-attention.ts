import type { Cause } from '../../events/envelope.ts';
import type { Problem } from '../kernel/problem.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import {
  type ActOnOrder,
  type AttentionKey,
  actOnOrder,
  attentionOf,
  type Decided,
  isSameReason,
  keyOf,
  reasonState,
  type Timeline,
} from '../timeline/index.ts';

type ClearingRefusal = 'reason-unknown' | 'release-needed' | 'settlement-needed';
type ClearingOutcome = 'acknowledged' | 'no-change';

/**
 * A person ends a reason for attention that they have dealt with, also on an order that has ended. A reason that stops
 * the order needs a release, and a disputed invoice its settlement. Repeating it changes nothing.
 */
export async function clearAttention(
  deps: ActOnOrder,
  orderId: string,
  key: AttentionKey,
  cause: Cause,
): Promise<Result<ClearingOutcome, ClearingRefusal>> {
  let outcome: Result<ClearingOutcome, ClearingRefusal> = refused('reason-unknown');
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideClearing(timeline, key);
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

function decideClearing(
  { facts }: Timeline,
  asked: AttentionKey,
): { readonly outcome: Result<ClearingOutcome, ClearingRefusal>; readonly facts: readonly Decided[] } {
  const key = keyOf(asked);
  const open = attentionOf(facts).find((each) => isSameReason(each, key));
  if (open === undefined) {
    const isKnown = reasonState(facts, key) !== undefined;
    return { outcome: isKnown ? ok('no-change') : refused('reason-unknown'), facts: [] };
  }
  if (open.stops) return { outcome: refused('release-needed'), facts: [] };
  if (key.reason === 'freight-disputed') return { outcome: refused('settlement-needed'), facts: [] };
  return { outcome: ok('acknowledged'), facts: [{ name: 'order.attention_cleared', data: key }] };
}

const DETAIL: Readonly<Record<ClearingRefusal, string>> = {
  'reason-unknown':
    'The order has no such reason for attention. Name it as the order shows it, with its parcel.',
  'release-needed': 'The reason stops the order: release or refuse the order, or close the parcel.',
  'settlement-needed':
    'A disputed invoice is settled with POST /v1/admin/orders/{orderId}/freight-settlements.',
};

/** The answer to an operator whose acknowledgement can't be stored. */
export function clearingProblem(refusal: ClearingRefusal): Problem {
  const status = refusal === 'reason-unknown' ? 404 : 409;
  return { status, code: refusal, title: 'Reason not ended', detail: DETAIL[refusal] };
}
