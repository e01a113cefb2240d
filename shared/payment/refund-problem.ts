import { formatMoney } from '../kernel/money.ts';
import { invalid, keyReused, type Problem } from '../kernel/problem.ts';
import type { RefundRefusal } from './request-refund.ts';

/** The answer to an operator who confirms a refund that no person makes. */
export const refundUnknown: Problem = {
  status: 422,
  code: 'refund-unknown',
  title: 'Refund unknown',
  detail: 'The order has no refund with that id that a person makes.',
  errors: [{ pointer: '/refundId', code: 'refund-unknown', detail: 'no refund by hand has this id' }],
};

/** The answer to a decision other than a refund that has a field of refunds. */
export const onlyOfRefunds = (field: string): Problem =>
  invalid([{ pointer: `/${field}`, code: 'only-of-refunds', detail: 'only a refund has it: leave it out' }]);

/** The answer to an operator whose refund can't be given. `field`: the field that says how much. */
export function refundProblem(refusal: RefundRefusal, field: '/amount' | '/lines' = '/amount'): Problem {
  if (refusal.reason === 'lines-refused') {
    const detail = 'Some lines can not be given back; nothing was written.';
    return { status: 422, code: refusal.reason, title: 'Refund refused', detail, errors: refusal.problems };
  }
  if (refusal.reason === 'nothing-captured') {
    return {
      status: 409,
      code: refusal.reason,
      title: 'Refund refused',
      detail: 'There is no money to give back.',
    };
  }
  if (refusal.reason === 'request-reused') return keyReused;
  if (refusal.reason === 'order-running') {
    return {
      status: 409,
      code: refusal.reason,
      title: 'Refund refused',
      detail:
        'A parcel of the order is still to be sent, and half of its price has to stay until then: at most ' +
        `${formatMoney(refusal.most)} can be given back now. To give back more, refuse the order, which stops what has ` +
        'not left; if another parcel has left, close the stopped parcel afterwards. Both return the money.',
    };
  }
  if (refusal.reason === 'window-over') {
    const detail =
      `The provider takes refunds for ${refusal.days} days after the payment, and they are over. Return the money in ` +
      'another way, and name it in `by`: bank-transfer or store-credit. Confirm it once it is made.';
    const errors = [{ pointer: '/by', code: refusal.reason, detail: 'the window of the provider is over' }];
    return { status: 422, code: refusal.reason, title: 'Refund refused', detail, errors };
  }
  if (refusal.reason === 'paid-in-cash') {
    const detail =
      'The shopper paid the carrier in cash, which gives nothing back. Return the money in another way, and name it in ' +
      '`by`: bank-transfer or store-credit. Confirm it once it is made.';
    const errors = [{ pointer: '/by', code: refusal.reason, detail: 'the shopper paid in cash' }];
    return { status: 422, code: refusal.reason, title: 'Refund refused', detail, errors };
  }
  const detail = amountDetail(refusal);
  return {
    status: 422,
    code: refusal.reason,
    title: 'Refund refused',
    detail,
    errors: [{ pointer: field, code: refusal.reason, detail }],
  };
}

function amountDetail(refusal: RefundRefusal): string {
  if (refusal.reason === 'more-than-is-left')
    return `At most ${formatMoney(refusal.left)} can be given back.`;
  if (refusal.reason === 'amount-digits')
    return (
      `The provider takes amounts of the method in steps of ${formatMoney(refusal.step)}. Name such an amount, or return ` +
      'the money in another way, and name it in `by`: bank-transfer or store-credit.'
    );
  if (refusal.reason === 'units-without-price') return 'The shopper paid nothing for these units.';
  return 'The refund is in another currency than the payment.';
}
