export { capturePayment } from './capture-payment.ts';
export { checkPayment } from './check-payment.ts';
export { nextActionSchema } from './next-action.ts';
export type { Payment, PaymentStatus, Refund } from './payment.ts';
export type { PaymentDeps } from './payment-deps.ts';
export {
  type MethodsQuery,
  methodFor,
  type PaymentChoice,
  type PaymentMethod,
  paymentMethods,
} from './payment-methods.ts';
export type { BoundPaymentProvider, OfferedMethod, PaymentProvider } from './provider.ts';
export { type PaymentCallback, receivePaymentCallback } from './receive-payment-callback.ts';
export { refundProblem } from './refund-problem.ts';
export { type AskedRefund, type RefundRefusal, type RefundRequest, requestRefund } from './request-refund.ts';
export { reservationTimes, type TimedMethod } from './reservation-times.ts';
export { returnMoney } from './return-money.ts';
export { type StartedPayment, startPayment } from './start-payment.ts';
