export { capturePayment } from './capture-payment.ts';
export { checkPayment } from './check-payment.ts';
export { nextActionSchema } from './next-action.ts';
export { methodFor, paymentMethods } from './payment-methods.ts';
export { receivePaymentCallback } from './receive-payment-callback.ts';
export { refundProblem } from './refund-problem.ts';
export { type RefundRefusal, requestRefund } from './request-refund.ts';
export { returnMoney } from './return-money.ts';
export { startPayment } from './start-payment.ts';
