import * as z from 'zod';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema } from '../../shared/kernel/time.ts';
import { askForRun } from '../../shared/replenishment/run/ask-for-run.ts';
import { runView, runViewSchema } from '../../shared/replenishment/run/run-view.ts';
import { runDeps } from '../../shared/runtime/deps/replenishment-runs.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/post-run',
  summary: 'Start the run of a day, if it has none',
  body: z
    .strictObject({
      /** The day of the plan in the merchant's time zone; today if absent. Tomorrow also reads the sales of today. */
      day: calendarDateSchema.optional(),
    })
    .meta({ id: 'RunToStart' }),
  answers: {
    202: {
      description: 'The run of the day, new or not; `location` leads to its progress',
      schema: runViewSchema,
    },
  },
  problems: [422],
});

const wrongDay = {
  'in-the-future': 'the last day is tomorrow',
  'too-long-ago': 'the first day is three days ago',
} as const;

export const handler = http(contract, runDeps, async ({ body }, deps) => {
  const asked = await askForRun(deps, 'operator', body.day);
  if (typeof asked === 'string')
    throw new ProblemError(invalid([{ pointer: '/day', code: asked, detail: wrongDay[asked] }]));
  const view = runView(asked.run);
  return { status: 202, body: view, headers: { location: view.href } };
});
