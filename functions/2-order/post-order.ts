import * as z from 'zod';
import { channelSchema } from '../../events/costs.ts';
import { MAX_INSTALMENTS } from '../../events/instalments.ts';
import { customerSchema } from '../../shared/kernel/address.ts';
import { givenAddressSchema } from '../../shared/kernel/given-address.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { placeOrder, placeOrderProblem } from '../../shared/order/index.ts';
import { startedPaymentSchema, startFields } from '../../shared/payment/index.ts';
import { optionIdSchema } from '../../shared/quote/index.ts';
import { placeOrderDeps } from '../../shared/runtime/deps/place-order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { startOrReport } from '../../shared/runtime/start-or-report.ts';

export const contract = defineContract({
  id: '2-order/post-order',
  summary: 'Place an order on a quote',
  idempotent: true,
  body: z
    .strictObject({
      quoteId: idSchema('quote'),
      /** The option of the quote; its default option if absent. */
      optionId: optionIdSchema.optional(),
      channel: channelSchema.optional(),
      customer: customerSchema,
      shippingAddress: givenAddressSchema,
      billingAddress: givenAddressSchema.optional(),
      payment: z.strictObject({
        method: z.string().min(1).max(40),
        /** In how many instalments, of those on offer; in one amount if absent. */
        instalments: z.int().min(2).max(MAX_INSTALMENTS).optional(),
        ...startFields,
      }),
      /** A place held for this quote by `POST /v1/delivery-slots/{slotId}/holds`. */
      deliverySlot: z.strictObject({ holdId: idSchema('hold') }).optional(),
    })
    .meta({ id: 'OrderRequest' }),
  answers: {
    201: {
      description: 'The order is placed and its stock is reserved; repeated requests get the same answer',
      schema: z
        .strictObject({
          orderId: idSchema('order'),
          status: z.literal('placed'),
          payment: startedPaymentSchema,
          /** The guest's key to this order: send it as a bearer token. */
          accessToken: z.string(),
        })
        .meta({ id: 'PlacedOrder' }),
    },
  },
  problems: [404, 409, 410, 422, 429, 503],
});

export const handler = http(contract, placeOrderDeps, async ({ body, caller, idempotencyKey }, deps) => {
  const { quoteId, optionId, channel, payment, deliverySlot, ...details } = body;
  const { storefrontId = '', network, device } = caller;
  const { of: tokenOf, hashOf: accessTokenHash, personHash } = await deps.accessTokens();
  const by = { countUnpaid: deps.countUnpaidFrom(network), accessTokenHash, personHash };
  const order = { quoteId, optionId, channel, details, payment, deliverySlot };
  const command = { ...order, storefrontId, idempotencyKey };
  const placed = await placeOrder({ ...deps, ...by, now: toInstant(deps.clock()) }, command);
  if (!placed.ok) throw new ProblemError(placeOrderProblem(placed.error));
  const { orderId, timeline: known } = placed.value;
  const starting = startOrReport({ ...deps, known }, orderId, { ...payment, device });
  const [started] = await Promise.all([starting, deps.countWork(placed.value)]);
  return {
    status: 201,
    headers: { location: `/v1/orders/${orderId}` },
    body: { orderId, status: 'placed', payment: started, accessToken: tokenOf(orderId) },
  };
});
