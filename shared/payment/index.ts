export { capturePayment } from './capture-payment.ts';
export { checkPayment } from './check-payment.ts';
export { choiceProblem } from './choice-problem.ts';
export { type ChoiceRefusal, chooseMethod } from './choose-method.ts';
export { confirmRefund } from './confirm-refund.ts';
export { costsView, costsViewSchema } from './costs-view.ts';
export { startedPaymentSchema } from './next-action.ts';
export { isPayable } from './offers.ts';
export { offersAskedFor, offersQuerySchema } from './offers-request.ts';
export { offersView, offersViewSchema } from './offers-view.ts';
export { methodFor, methodsWithout, refundStepIn, refundWindowDaysIn } from './payment-methods.ts';
export { receivePaymentCallback } from './receive-payment-callback.ts';
export {
  fieldOf,
  type RefundBody,
  refundBodySchema,
  refundFieldIn,
  wantedRefund,
} from './refund-body.ts';
export { onlyOfRefunds, refundProblem, refundUnknown } from './refund-problem.ts';
export { type RefundRefusal, refundWish, requestRefund } from './request-refund.ts';
export { returnMoney } from './return-money.ts';
export { startFields } from './start-fields.ts';
export { type StartedPayment, startPayment } from './start-payment.ts';
export { startProblem } from './start-problem.ts';
