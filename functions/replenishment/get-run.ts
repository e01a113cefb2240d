import * as z from 'zod';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema } from '../../shared/kernel/time.ts';
import { runView, runViewSchema } from '../../shared/replenishment/run/run-view.ts';
import { runReadingDeps } from '../../shared/runtime/deps/replenishment-runs.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-run',
  summary: 'The run of a day: how far it is, and what it counted',
  params: z.strictObject({ day: calendarDateSchema }),
  answers: { 200: { description: 'The run', schema: runViewSchema } },
  problems: [404],
});

export const handler = http(contract, runReadingDeps, async ({ params }, { runs }) => {
  const run = await runs.load(params.day);
  if (run === undefined) throw new ProblemError(notFound('run'));
  return { status: 200, body: runView(run) };
});
