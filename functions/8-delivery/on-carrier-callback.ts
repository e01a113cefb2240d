import { callbackStep } from '../../shared/runtime/step.ts';
import { shippingWorld } from '../../shared/runtime/worlds/shipping-world.ts';
import { receiveScans, trackParcels } from '../../shared/shipping/index.ts';

export const handler = callbackStep(shippingWorld, receiveScans, trackParcels);
