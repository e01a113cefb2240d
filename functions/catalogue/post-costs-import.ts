import * as z from 'zod';
import { costsToImportSchema, importCosts, isYetToCome } from '../../shared/catalogue/index.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { costDeps } from '../../shared/runtime/deps/costs.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

const changeSchema = z
  .strictObject({
    kind: z.enum(['purchase', 'marketing']),
    /** Its place among the costs of its kind in the request, from 0. */
    index: count,
    change: z.enum(['added', 'changed']),
    before: z.string().optional(),
  })
  .meta({ id: 'CostChange', description: 'What an import does to one cost; the value before is JSON' });

export const contract = defineContract({
  id: 'catalogue/post-costs-import',
  summary: 'Import purchase costs and marketing costs: all of a request or none; a repeat changes nothing',
  body: costsToImportSchema,
  answers: {
    200: {
      description: 'The changes, and warnings about values that look wrong',
      schema: z
        .strictObject({
          stored: z.boolean(),
          added: count,
          changed: count,
          unchanged: count,
          changes: z.array(changeSchema),
          warnings: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
        })
        .meta({ id: 'CostImportResult' }),
    },
  },
});

export const handler = http(contract, costDeps, async ({ body }, { clock, ...deps }) => {
  const now = toInstant(clock());
  const early = body.marketing.flatMap(({ day }, index) =>
    isYetToCome(day, now)
      ? [{ pointer: `/marketing/${index}/day`, code: 'in-the-future', detail: `${day} has not begun yet` }]
      : [],
  );
  if (early.length > 0) throw new ProblemError(invalid(early));
  const outcome = await importCosts(deps, body);
  return { status: 200, body: { stored: !body.dryRun && outcome.changes.length > 0, ...outcome } };
});
