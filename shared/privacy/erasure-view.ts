import * as z from 'zod';
import { idSchema } from '../kernel/ids.ts';
import { instantSchema } from '../kernel/time.ts';
import type { Erasure, OrderToErase } from './request-erasure.ts';

const orderSchema = z
  .strictObject({
    orderId: idSchema('order'),
    state: z.enum(['erased', 'erasing', 'waiting', 'erasable']).meta({
      description:
        '`erased`: done, with its receipt. `erasing`: asked for, and repeated until it is done. `waiting`: the order ' +
        'still needs its data, and is erased at its end. `erasable`: a dry run, nothing was asked for yet',
    }),
    /** What has to happen first. */
    waitingFor: z.string().optional(),
    erasedAt: instantSchema.optional(),
    /** SHA-256 over the facts that stay: nothing but personal data was changed. */
    digest: z.string().optional(),
  })
  .meta({ id: 'OrderErasure' });

export const erasureViewSchema = z
  .strictObject({
    /** Absent for a dry run. */
    erasureId: idSchema('erasure').optional(),
    requestedAt: instantSchema.optional(),
    dryRun: z.boolean(),
    orders: z.array(orderSchema),
    /** Whether the person has more orders than one request takes: repeat it with another key. */
    hasMore: z.boolean(),
  })
  .meta({ id: 'Erasure' });

type ErasureView = z.infer<typeof erasureViewSchema>;

/** An erasure as the operator sees it. It names no person. */
export function erasureView({ request, orders, hasMore }: Erasure): ErasureView {
  return {
    ...(request === undefined ? {} : { erasureId: request.erasureId, requestedAt: request.requestedAt }),
    dryRun: request === undefined,
    orders: orders.map((order) => orderView(order, request !== undefined)),
    hasMore,
  };
}

function orderView({ orderId, erasure }: OrderToErase, isAsked: boolean): ErasureView['orders'][number] {
  switch (erasure.state) {
    case 'erased':
      return { orderId, state: 'erased', erasedAt: erasure.erasedAt, digest: erasure.digest };
    case 'erasable':
      return { orderId, state: isAsked ? 'erasing' : 'erasable' };
    case 'waiting':
      return { orderId, state: 'waiting', waitingFor: erasure.waitingFor };
  }
}
