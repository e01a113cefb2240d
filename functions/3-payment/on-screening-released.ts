import { capturePayment } from '../../shared/payment/index.ts';
import { step } from '../../shared/runtime/step.ts';
import { paymentWorld } from '../../shared/runtime/worlds/payment-world.ts';

export const handler = step(paymentWorld, capturePayment);
