import { receiveCustomsCallback } from '../../shared/customs/index.ts';
import { customsDeps } from '../../shared/runtime/deps/customs.ts';
import { callbackStep } from '../../shared/runtime/order-step.ts';

export const handler = callbackStep(customsDeps, receiveCustomsCallback);
