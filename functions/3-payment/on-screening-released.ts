import { capturePayment } from '../../shared/payment/index.ts';
import { paymentDeps } from '../../shared/runtime/deps/payment.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';

export const handler = orderStep(paymentDeps, { step: 'capture', act: capturePayment });
