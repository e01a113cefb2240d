import { remindOfEvidence } from '../../shared/payment/evidence/index.ts';
import { returnMoney } from '../../shared/payment/index.ts';
import { evidenceDueDeps } from '../../shared/runtime/deps/evidence.ts';
import { orderStep } from '../../shared/runtime/order-step.ts';

export const handler = orderStep(
  evidenceDueDeps,
  { step: 'refund', act: returnMoney },
  // It is so seldom due that it has no queue of its own.
  { step: 'evidence', act: remindOfEvidence },
);
