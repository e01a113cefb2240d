import * as z from 'zod';
import { invoiceNumberSchema } from '../../events/freight.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { coreDeps } from '../../shared/runtime/deps/core.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { settleFreightDispute, settlementProblems } from '../../shared/shipping/index.ts';

export const contract = defineContract({
  id: '5-shipping/post-freight-settlement',
  summary: 'Settle the amount that a carrier invoiced above its rate card: credited or accepted',
  params: z.strictObject({ orderId: idSchema('order') }),
  body: z
    .strictObject({
      parcelId: idSchema('parcel'),
      carrier: z.string().min(1).max(40),
      invoiceNumber: invoiceNumberSchema,
      /** The carton of the line, if the parcel has several. */
      trackingNumber: z.string().trim().min(1).max(80).optional(),
      outcome: z.enum(['credited', 'accepted']),
    })
    .meta({ id: 'FreightSettlementRequest' }),
  answers: {
    200: {
      description: 'The dispute is settled and off the work list; repeating it changes nothing',
      schema: z
        .strictObject({ orderId: z.string(), outcome: z.enum(['credited', 'accepted']) })
        .meta({ id: 'FreightSettlement' }),
    },
  },
  problems: [404, 409],
});

export const handler = http(contract, coreDeps, async ({ params, body, caller }, deps) => {
  const { orderId } = params;
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const settled = await settleFreightDispute(deps, orderId, body, cause);
  if (settled.ok) return { status: 200, body: { orderId, outcome: body.outcome } };
  throw new ProblemError(settlementProblems[settled.error.reason]);
});
