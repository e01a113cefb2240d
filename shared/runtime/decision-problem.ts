import { formatMoney } from '../kernel/money.ts';
import type { Problem } from '../kernel/problem.ts';
import type { RefundRefusal } from '../payment/index.ts';
import type { DecisionRefusal } from '../screening/index.ts';
import { problems } from './problem-answer.ts';

const DECISION_DETAIL: Readonly<Record<DecisionRefusal, string>> = {
  'order-ended': 'The order has come to its end.',
  'being-stopped': 'The warehouse was asked to stop the order and has not answered yet.',
  'not-paid-yet': 'The order is not paid yet: there is nothing to decide.',
  'already-dispatched': 'A parcel of the order has left the warehouse.',
};

/** How a decision that can't be carried out is told to the operator. */
export function decisionProblem(refusal: DecisionRefusal): Problem {
  return { status: 409, code: refusal, title: 'Decision refused', detail: DECISION_DETAIL[refusal] };
}

/** How a refund that can't be given is told to the operator. */
export function refundProblem(refusal: RefundRefusal): Problem {
  if (refusal.reason === 'nothing-captured') {
    return {
      status: 409,
      code: refusal.reason,
      title: 'Refund refused',
      detail: 'There is no money to give back.',
    };
  }
  if (refusal.reason === 'request-reused') return problems.keyReused;
  if (refusal.reason === 'order-running') {
    return {
      status: 409,
      code: refusal.reason,
      title: 'Refund refused',
      detail: 'The order is on its way to the warehouse: refuse it, and the money goes back with that.',
    };
  }
  const detail =
    refusal.reason === 'more-than-is-left'
      ? `At most ${formatMoney(refusal.left)} can be given back.`
      : 'The refund is in another currency than the payment.';
  return {
    status: 422,
    code: refusal.reason,
    title: 'Refund refused',
    detail,
    errors: [{ pointer: '/amount', code: refusal.reason, detail }],
  };
}
