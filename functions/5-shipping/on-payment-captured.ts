import { step } from '../../shared/runtime/step.ts';
import { shippingWorld } from '../../shared/runtime/worlds/shipping-world.ts';
import { bookParcels } from '../../shared/shipping/index.ts';

export const handler = step(shippingWorld, bookParcels);
