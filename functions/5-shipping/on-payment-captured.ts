import { shippingDeps } from '../../shared/runtime/deps/shipping.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';
import { bookParcels } from '../../shared/shipping/index.ts';

export const handler = orderStep(shippingDeps, { step: 'booking', act: bookParcels });
