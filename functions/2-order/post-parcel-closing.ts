import * as z from 'zod';
import { closingRefundSchema, parcelOutcomes, restockSchema } from '../../events/parcel.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { moneySchema, toJson } from '../../shared/kernel/money.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { closeParcel, closingProblem } from '../../shared/order/index.ts';
import { coreDeps } from '../../shared/runtime/deps/core.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '2-order/post-parcel-closing',
  summary: 'Close a parcel that will not be delivered: lost, returned, or stopped',
  params: z.strictObject({ orderId: idSchema('order') }),
  body: z
    .strictObject({
      parcelId: idSchema('parcel'),
      outcome: z.enum(parcelOutcomes).meta({
        description: [
          '`lost`: it left and will not arrive.',
          '`returned`: it left and came back; `restock` counts the goods.',
          '`stopped`: it stays, although another parcel of the order has left.',
        ].join('\n'),
      }),
      /** Goods of a returned parcel that came back. Units that are not named did not. */
      restock: z.array(restockSchema).min(1).max(80).optional(),
      /** `share`: the parcel's whole price with shipping, duty and tax, less what was returned before. */
      refund: closingRefundSchema.default('share'),
    })
    .meta({ id: 'ParcelClosingRequest' }),
  answers: {
    202: {
      description: 'The parcel is closed and its refund requested; repeating it changes nothing',
      schema: z
        .strictObject({
          orderId: z.string(),
          parcelId: z.string(),
          outcome: z.enum(['closed', 'no-change']),
          refund: moneySchema.optional(),
        })
        .meta({ id: 'ClosedParcel' }),
    },
  },
  problems: [404, 409, 422],
});

export const handler = http(contract, coreDeps, async ({ params, body, caller }, deps) => {
  const { orderId } = params;
  const { parcelId } = body;
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const closed = await closeParcel(deps, orderId, body, cause);
  if (!closed.ok) throw new ProblemError(closingProblem(closed.error));
  const { outcome, refund } = closed.value;
  const asked = refund === undefined ? undefined : toJson(refund);
  return { status: 202, body: { orderId, parcelId, outcome, ...defined({ refund: asked }) } };
});
