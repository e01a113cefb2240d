import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { isCalendarDate } from '../../shared/kernel/time.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { runView, runViewSchema } from '../../shared/replenishment/run/run-view.ts';
import { runReadingDeps } from '../../shared/runtime/deps/replenishment-runs.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-runs',
  summary: 'The runs of replenishment, the newest day first',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 50).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of runs; `cursor` leads to the next',
      schema: z
        .strictObject({ runs: z.array(runViewSchema), cursor: z.string().optional() })
        .meta({ id: 'ReplenishmentRunPage' }),
    },
  },
});

export const handler = http(contract, runReadingDeps, async ({ query: { limit, cursor } }, { runs }) => {
  if (cursor !== undefined && !isCalendarDate(cursor))
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const found = await runs.list(limit + 1, cursor);
  const given = found.slice(0, limit);
  const next = found.length > limit ? given.at(-1)?.day : undefined;
  return { status: 200, body: { runs: given.map(runView), ...defined({ cursor: next }) } };
});
