import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { clearAttention, clearingProblem } from '../../shared/order/index.ts';
import { coreDeps } from '../../shared/runtime/deps/core.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '2-order/post-acknowledgement',
  summary: 'End a reason for attention that somebody has dealt with',
  params: z.strictObject({ orderId: idSchema('order') }),
  body: z
    .strictObject({
      /** As the order shows it. */
      reason: z.string().min(1).max(300),
      parcelId: idSchema('parcel').optional(),
      /** The carton, where the order shows one. */
      trackingNumber: z.string().trim().min(1).max(80).optional(),
      /** The label, where the order shows one. */
      carrierShipmentId: z.string().trim().min(1).max(80).optional(),
      /** The dispatch order, where the order shows one. */
      dispatchId: idSchema('dispatch').optional(),
    })
    .meta({ id: 'AcknowledgementRequest' }),
  answers: {
    200: {
      description: 'The reason is off the order; repeating it changes nothing',
      schema: z
        .strictObject({ orderId: z.string(), outcome: z.enum(['acknowledged', 'no-change']) })
        .meta({ id: 'Acknowledgement' }),
    },
  },
  problems: [404, 409],
});

export const handler = http(contract, coreDeps, async ({ params, body, caller }, deps) => {
  const { orderId } = params;
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const cleared = await clearAttention(deps, orderId, body, cause);
  if (!cleared.ok) throw new ProblemError(clearingProblem(cleared.error));
  return { status: 200, body: { orderId, outcome: cleared.value } };
});
