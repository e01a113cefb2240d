import { shippingDeps } from '../../shared/runtime/deps/shipping.ts';
import { callbackStep } from '../../shared/runtime/order-step.ts';
import { receiveScans, trackParcels } from '../../shared/shipping/index.ts';

export const handler = callbackStep(shippingDeps, receiveScans, { step: 'delivery', act: trackParcels });
