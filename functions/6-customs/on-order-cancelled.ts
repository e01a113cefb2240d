import { withdrawDeclarations } from '../../shared/customs/index.ts';
import { customsDeps } from '../../shared/runtime/deps/customs.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';

export const handler = orderStep(customsDeps, { step: 'withdrawal', act: withdrawDeclarations });
