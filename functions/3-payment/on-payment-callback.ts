import { checkPayment, receivePaymentCallback } from '../../shared/payment/index.ts';
import { paymentDeps } from '../../shared/runtime/deps/payment.ts';
import { callbackStep } from '../../shared/runtime/order-step.ts';

export const handler = callbackStep(paymentDeps, receivePaymentCallback, {
  step: 'payment',
  act: checkPayment,
});
