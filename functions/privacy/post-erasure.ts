import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import {
  erasureProblem,
  erasureView,
  erasureViewSchema,
  findErasable,
  MAX_ORDERS,
  requestErasure,
} from '../../shared/privacy/index.ts';
import { erasureDeps } from '../../shared/runtime/deps/privacy.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'privacy/post-erasure',
  summary: 'Erase the personal data of a person, or of orders',
  idempotent: true,
  body: z
    .strictObject({
      /** The orders themselves. */
      orderIds: z.array(idSchema('order')).min(1).max(MAX_ORDERS).optional(),
      /** Every order of this e-mail address. */
      email: z.email().max(254).optional(),
      /** Say what would be erased, and write nothing. */
      dryRun: z.boolean().default(false),
    })
    .refine(({ orderIds, email }) => orderIds !== undefined || email !== undefined, {
      path: ['orderIds'],
      message: 'name orders, or an e-mail address, or both',
    })
    .meta({ id: 'ErasureRequest' }),
  answers: {
    200: { description: 'The dry run: nothing was written', schema: erasureViewSchema },
    202: {
      description: 'Each order that has ended is erased; each other one is marked, and erased at its end',
      schema: erasureViewSchema,
    },
  },
  problems: [422],
});

export const handler = http(contract, erasureDeps, async ({ body, caller, idempotencyKey }, deps) => {
  const { dryRun, ...whose } = body;
  const erasure = dryRun
    ? await findErasable(deps, whose)
    : await requestErasure(deps, whose, { key: idempotencyKey, operator: caller.subject ?? 'operator' });
  if (!erasure.ok) throw new ProblemError(erasureProblem(erasure.error));
  return { status: dryRun ? 200 : 202, body: erasureView(erasure.value) };
});
