import * as z from 'zod';
import { importRules, rulesProblem, tooManyChanges } from '../../shared/duties/rule-import/index.ts';
import { ruleFileSchema } from '../../shared/duties/rules/rule-file.ts';
import { countrySchema } from '../../shared/kernel/country.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { rulesDeps } from '../../shared/runtime/deps/duties.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

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

/** Lambda answers with 6 MB at most. */
const MAX_ANSWER_BYTES = 5_500_000;

export const contract = defineContract({
  id: 'setup/post-rules-import',
  summary: 'Import trade rules: a file is imported whole or not at all',
  body: z
    .strictObject({
      /** Reports what would change and stores nothing. */
      dryRun: z.boolean().default(false),
      file: ruleFileSchema,
    })
    .meta({ id: 'RuleImport' }),
  answers: {
    200: {
      description: 'The changes, and the version that quotes name once it is stored',
      schema: z
        .strictObject({ version: z.string(), stored: z.boolean(), changes: z.array(changeSchema) })
        .meta({ id: 'RuleImportResult' }),
    },
  },
  problems: [409, 413, 422],
});

export const handler = http(contract, rulesDeps, async ({ body }, { rules, clock, builtin, skusOf }) => {
  const { dryRun, file } = body;
  const now = toInstant(clock());
  const run = async (isDry: boolean) => {
    const outcome = await importRules(rules, file, { now, dryRun: isDry, builtin, skusOf });
    if (!outcome.ok) throw new ProblemError(rulesProblem(outcome.error, file));
    const { version, changes } = outcome.value;
    const answer = { version, stored: !isDry && changes.length > 0, changes };
    if (Buffer.byteLength(JSON.stringify(answer)) > MAX_ANSWER_BYTES) throw new ProblemError(tooManyChanges);
    return answer;
  };
  // The answer must report what was stored, so a large file is tried first.
  const isLarge = file.rows.length > 1_000 || JSON.stringify(file).length > 1_000_000;
  if (!dryRun && isLarge) await run(true);
  return { status: 200, body: await run(dryRun) };
});
