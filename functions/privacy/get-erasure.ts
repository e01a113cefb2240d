import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { erasureView, erasureViewSchema, readErasure } from '../../shared/privacy/index.ts';
import { erasureDeps } from '../../shared/runtime/deps/privacy.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'privacy/get-erasure',
  summary: 'Show an erasure and its receipts',
  params: z.strictObject({ erasureId: idSchema('erasure') }),
  answers: {
    200: { description: 'Its orders, each with its receipt once it is erased', schema: erasureViewSchema },
  },
  problems: [404],
});

export const handler = http(contract, erasureDeps, async ({ params }, deps) => {
  const erasure = await readErasure(deps, params.erasureId);
  if (erasure === undefined) throw new ProblemError(notFound('erasure'));
  return { status: 200, body: erasureView(erasure) };
});
