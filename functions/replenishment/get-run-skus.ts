import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { notFound, ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { calendarDateSchema } from '../../shared/kernel/time.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { foundKinds, foundSkuSchema, listFound } from '../../shared/replenishment/run/list-found.ts';
import { runFoundDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-run-skus',
  summary: 'The products that a run did not plan, would stop, or has cut, each with its reason',
  params: z.strictObject({ day: calendarDateSchema }),
  query: z.strictObject({
    found: z.enum(foundKinds),
    limit: wholeNumberSchema(1, 200).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of products at warehouses; it may be short, and `cursor` leads to the next',
      schema: z
        .strictObject({ skus: z.array(foundSkuSchema), cursor: z.string().optional() })
        .meta({ id: 'FoundByRunPage' }),
    },
  },
  problems: [404],
});

export const handler = http(contract, runFoundDeps, async ({ params, query }, deps) => {
  const run = await deps.runs.load(params.day);
  if (run === undefined) throw new ProblemError(notFound('run'));
  const { found: kind, limit, cursor } = query;
  const page = await listFound(deps, run, { kind, limit, cursor });
  if (page.ok)
    return { status: 200, body: { skus: [...page.value.skus], ...defined({ cursor: page.value.cursor }) } };
  throw new ProblemError(
    page.error === 'files-gone'
      ? notFound('plan: the files of a run are kept for 90 days')
      : unknownCursor('take the cursor from an earlier answer'),
  );
});
