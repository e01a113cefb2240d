import { step } from '../../shared/runtime/step.ts';
import { shippingWorld } from '../../shared/runtime/worlds/shipping-world.ts';
import { voidLabels } from '../../shared/shipping/index.ts';

export const handler = step(shippingWorld, voidLabels);
