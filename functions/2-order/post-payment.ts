import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import {
  choiceProblem,
  chooseMethod,
  startedPaymentSchema,
  startFields,
} from '../../shared/payment/index.ts';
import { payOrderDeps } from '../../shared/runtime/deps/pay-order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { ownedOrder } from '../../shared/runtime/order-access.ts';

export const contract = defineContract({
  id: '2-order/post-payment',
  summary: 'Pay an order by another method',
  params: z.strictObject({ orderId: idSchema('order') }),
  orderToken: true,
  body: z
    .strictObject({
      /** One of those on offer for the order; the order's own repeats the start of its payment. */
      method: z.string().min(1).max(40),
      ...startFields,
    })
    .meta({ id: 'ChosenMethod' }),
  answers: {
    200: {
      description:
        'The shopper pays by this method from now on; what was begun before can not be paid any more',
      schema: z
        .strictObject({ orderId: idSchema('order'), payment: startedPaymentSchema })
        .meta({ id: 'ChosenPayment' }),
    },
  },
  problems: [404, 409, 422, 503],
});

export const handler = http(
  contract,
  payOrderDeps,
  async ({ params: { orderId }, body, caller, orderToken, requestId }, deps) => {
    ownedOrder(await deps.orders.read(orderId), caller.storefrontId, orderToken);
    const cause = { by: 'shopper', reference: requestId } as const;
    const chosen = await chooseMethod(deps, orderId, { ...body, device: caller.device }, cause);
    if (!chosen.ok) throw new ProblemError(choiceProblem(chosen.error));
    return { status: 200, body: { orderId, payment: chosen.value } };
  },
);
