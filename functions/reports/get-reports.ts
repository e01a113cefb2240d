import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { lakeReportNames, loadLakeReports } from '../../shared/reports/lake-reports.ts';
import { periodKinds } from '../../shared/reports/period/report-period.ts';
import { listRuns } from '../../shared/reports/run/list-runs.ts';
import { runView, runViewSchema } from '../../shared/reports/run/run-view.ts';
import { reportListDeps } from '../../shared/runtime/deps/reports.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'reports/get-reports',
  summary: 'The reports of the lake, and those that are stored',
  query: z.strictObject({
    /** Only the runs of this report. */
    report: z.enum(lakeReportNames).optional(),
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'The reports, and a page of their runs: by report, the newest period first',
      schema: z
        .strictObject({
          reports: z.array(
            z
              .strictObject({
                name: z.string(),
                title: z.string(),
                says: z.string(),
                periods: z.array(z.enum(periodKinds)),
                /** Whether a reader of one storefront may ask for it. */
                byStorefront: z.boolean(),
                tables: z.array(z.string()),
              })
              .meta({ id: 'ListedReport' }),
          ),
          runs: z.array(runViewSchema),
          cursor: z.string().optional(),
        })
        .meta({ id: 'ReportList' }),
    },
  },
  readByStorefronts: true,
});

export const handler = http(contract, reportListDeps, async ({ query, caller }, { runs }) => {
  const { report: only, limit, cursor } = query;
  const { onlyStorefront: storefrontId } = caller;
  const reports = (await loadLakeReports()).filter(
    ({ byStorefront }) => storefrontId === undefined || byStorefront,
  );
  const wanted = reports.filter(({ name }) => only === undefined || name === only);
  const page = await listRuns({ runs, reports: wanted }, { limit, storefrontId, cursor });
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const listed = reports.map(({ name, title, says, periods, byStorefront, tables }) => ({
    ...{ name, title, says, periods, byStorefront, tables: Object.keys(tables) },
  }));
  return {
    status: 200,
    body: { reports: listed, runs: page.runs.map(runView), ...defined({ cursor: page.cursor }) },
  };
});
