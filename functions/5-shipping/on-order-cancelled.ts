import { shippingDeps } from '../../shared/runtime/deps/shipping.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';
import { voidLabels } from '../../shared/shipping/index.ts';

export const handler = orderStep(shippingDeps, { step: 'voiding', act: voidLabels });
