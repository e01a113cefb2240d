import * as z from 'zod';
import { type ImportRefusal, importRules } from '../../shared/customs/registry/index.ts';
import { ruleFileSchema } from '../../shared/customs/rules/rule-file.ts';
import { countrySchema } from '../../shared/kernel/country.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { rulesWorld } from '../../shared/runtime/worlds/rules-world.ts';

const fieldChange = z.strictObject({
  field: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});

const changeSchema = z
  .strictObject({
    ruleId: z.string(),
    kind: z.string(),
    change: z.enum(['added', 'changed']),
    fields: z.array(fieldChange),
    destinations: z.array(countrySchema),
  })
  .meta({ id: 'RuleChange', description: 'What an import does to one rule; values are JSON' });

export const contract = defineContract({
  id: 'catalogue/post-rules-import',
  summary: 'Import trade rules: lay rows over those in force, all of a file or none',
  body: z.strictObject({
    /** Tells what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    file: ruleFileSchema,
  }),
  answers: {
    200: {
      description: 'What changes, and the version that quotes name once it is stored',
      schema: z.strictObject({ version: z.string(), stored: z.boolean(), changes: z.array(changeSchema) }),
    },
  },
  problems: [409, 422],
});

export const handler = http(contract, rulesWorld, async ({ body }, { rules, clock }) => {
  const { dryRun, file } = body;
  const outcome = await importRules(rules, file, { now: toInstant(clock()), dryRun });
  if (!outcome.ok) throw problemOf(outcome.error);
  const { version, changes } = outcome.value;
  return { status: 200, body: { version, stored: !dryRun && changes.length > 0, changes } };
});

function problemOf(refusal: ImportRefusal): ProblemError {
  if (refusal.reason === 'moved-on') {
    return new ProblemError({
      status: 409,
      code: 'rules-moved-on',
      title: 'Another import came in between',
      detail: 'Look at what it changed and import again. Nothing was stored.',
    });
  }
  const errors = refusal.problems.map(({ row, field, detail }) => ({
    pointer: `/file/rows/${row}${field === '' ? '' : `/${field.replaceAll('.', '/')}`}`,
    code: 'invalid-rule',
    detail,
  }));
  return new ProblemError({
    status: 422,
    code: 'invalid-rules',
    title: 'Not every row is a rule',
    detail: `${errors.length} problems; nothing was stored.`,
    errors: errors.slice(0, 200),
  });
}
