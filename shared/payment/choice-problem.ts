import type { Problem } from '../kernel/problem.ts';
import type { ChoiceRefusal } from './choose-method.ts';
import { startProblem } from './start-problem.ts';

const details: Readonly<Record<'order-over' | 'already-paid' | 'too-many-intents', string>> = {
  'order-over': 'The order has ended. Ask for a new quote.',
  'already-paid': 'The order is paid, or its money is held. Nothing more is to be paid.',
  'too-many-intents': 'Too many ways to pay were tried for this order. Ask for a new quote.',
};

/** The answer to a shopper who can't pay the order by the method. */
export function choiceProblem(refusal: ChoiceRefusal): Problem {
  const { reason } = refusal;
  if (reason === 'payment-refused' || reason === 'provider-blocked' || reason === 'payer-needs')
    return startProblem(refusal);
  if (refusal.reason === 'slot-before-payment')
    return ofMethod(
      refusal.reason,
      'A payment by this method may come after the booked delivery slot has begun.',
    );
  if (refusal.reason === 'method-not-offered') {
    const onOffer = refusal.others.join(', ') || 'none';
    return ofMethod(refusal.reason, `The order can not be paid by this method. On offer: ${onOffer}.`);
  }
  const { reason: code } = refusal;
  return { status: 409, code, title: 'Payment refused', detail: details[code] };
}

function ofMethod(code: string, detail: string): Problem {
  const errors = [{ pointer: '/method', code, detail }];
  return { status: 422, code, title: 'Payment method refused', detail, errors };
}
