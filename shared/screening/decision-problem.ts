import { keyReused, type Problem } from '../kernel/problem.ts';
import type { DecisionRefusal } from './decide-by-operator.ts';

const DECISION_DETAIL: Readonly<Record<Exclude<DecisionRefusal, 'request-reused'>, string>> = {
  'order-ended': 'The order has ended.',
  'being-stopped': 'The warehouse was asked to stop the order and has not answered yet.',
  'not-paid-yet': 'The order is not paid yet: there is nothing to decide.',
  'already-dispatched': 'Every parcel of the order has left the warehouse or is closed.',
};

/** The answer to an operator whose decision can't be carried out. */
export function decisionProblem(refusal: DecisionRefusal): Problem {
  if (refusal === 'request-reused') return keyReused;
  return { status: 409, code: refusal, title: 'Decision refused', detail: DECISION_DETAIL[refusal] };
}
