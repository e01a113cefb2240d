import * as z from 'zod';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { makeTaxReturn, taxReturnCsv, taxReturnSchema } from '../../shared/reports/index.ts';
import { reportsDeps } from '../../shared/runtime/deps/reports.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { reportProblems } from '../../shared/runtime/report-problem.ts';
import { taxSchemes } from '../../shared/timeline/index.ts';

export const contract = defineContract({
  id: 'reports/get-report',
  summary: 'A report for a period: the monthly IOSS return, the quarterly return of the Union scheme',
  params: z.strictObject({ name: z.enum(taxSchemes) }),
  query: z.strictObject({
    /** `2026-11` for `ioss`, `2026-Q4` for `oss`. */
    period: z.string().max(7),
  }),
  answers: {
    200: {
      description: 'What is owed by member state and rate, with corrections of earlier periods, in euro',
      schema: taxReturnSchema,
      csv: true,
    },
  },
  problems: [409, 422],
});

export const handler = http(contract, reportsDeps, async ({ params, query, accepts }, { taxReturns }) => {
  const made = await makeTaxReturn(taxReturns(), { scheme: params.name, period: query.period });
  if (!made.ok) throw new ProblemError(reportProblems[made.error]);
  return accepts.csv ? { status: 200, csv: taxReturnCsv(made.value) } : { status: 200, body: made.value };
});
