import { screeningDeps } from '../../shared/runtime/deps/screening.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';
import { screenOrder } from '../../shared/screening/index.ts';

export const handler = orderStep(screeningDeps, { step: 'screening', act: screenOrder });
