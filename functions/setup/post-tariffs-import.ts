import * as z from 'zod';
import { scheduleHeaderSchema } from '../../shared/duties/schedules/schedule.ts';
import { importEdition, tariffsProblem } from '../../shared/duties/tariff-import/index.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { tariffsDeps } from '../../shared/runtime/deps/duties.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const chapterChange = z
  .strictObject({
    chapter: z.string(),
    added: z.int().min(0),
    removed: z.int().min(0),
    /** The code is the same, the rate or a preference is another. */
    changed: z.int().min(0),
  })
  .meta({
    id: 'TariffChapterChange',
    description: 'The numbers of lines that an import changes in a chapter',
  });

export const contract = defineContract({
  id: 'setup/post-tariffs-import',
  summary: 'Import an edition of a tariff: whole or not at all',
  body: z
    .strictObject({
      /** Reports what would change and stores nothing. */
      dryRun: z.boolean().default(false),
      /** As the file has it. */
      header: scheduleHeaderSchema,
      /** The file that `entrepot tariff convert` writes, in base64. */
      file: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64'),
    })
    .meta({ id: 'TariffImport' }),
  answers: {
    200: {
      description: 'The changes by chapter, and the version that quotes name once it is stored',
      schema: z
        .strictObject({
          version: z.string(),
          tariff: z.string(),
          edition: z.string(),
          /** The edition that it is compared with: the one in use on its first day. */
          before: z.string().optional(),
          /** False for a dry run, and for an edition that is in use already. */
          stored: z.boolean(),
          lines: z.int().min(1),
          /** The lines whose rate is not read: their goods are refused by name. */
          unparsed: z.int().min(0),
          changes: z.array(chapterChange),
        })
        .meta({ id: 'TariffImportResult' }),
    },
  },
  problems: [409, 422],
});

export const handler = http(contract, tariffsDeps, async ({ body }, { clock, sources }) => {
  const { dryRun, header, file } = body;
  const bytes = Buffer.from(file, 'base64');
  const outcome = await importEdition(sources, { now: toInstant(clock()), dryRun, header, bytes });
  if (!outcome.ok) throw new ProblemError(tariffsProblem(outcome.error));
  const { header: stated, before, ...plan } = outcome.value;
  const { tariff, edition } = stated;
  return {
    status: 200,
    body: {
      ...{ version: plan.version, tariff, edition },
      ...(before === undefined ? {} : { before }),
      ...{ stored: plan.stored, lines: plan.lines, unparsed: plan.unparsed, changes: [...plan.changes] },
    },
  };
});
