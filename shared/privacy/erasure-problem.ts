import { invalid, keyReused, type Problem } from '../kernel/problem.ts';
import type { ErasureRefusal } from './request-erasure.ts';

/** The answer to an operator whose request to erase is refused. Nothing was written. */
export function erasureProblem(refusal: ErasureRefusal): Problem {
  if (refusal.reason === 'key-reused') return keyReused;
  return invalid(
    refusal.orderIds.map((orderId) => ({
      pointer: '/orderIds',
      code: 'order-unknown',
      detail: `There is no order ${orderId}.`,
    })),
  );
}
