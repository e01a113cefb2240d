import { checkPayment, receivePaymentCallback } from '../../shared/payment/index.ts';
import { callbackStep } from '../../shared/runtime/step.ts';
import { paymentWorld } from '../../shared/runtime/worlds/payment-world.ts';

export const handler = callbackStep(paymentWorld, receivePaymentCallback, checkPayment);
