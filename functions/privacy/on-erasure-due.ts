import { eraseIfAsked } from '../../shared/privacy/index.ts';
import { eraseDeps } from '../../shared/runtime/deps/privacy.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';

export const handler = orderStep(eraseDeps, { step: 'erasure', act: eraseIfAsked });
