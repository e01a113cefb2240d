import * as z from 'zod';
import type { FunctionId } from '../../events/triggers.ts';
import { fieldProblems } from '../kernel/issues.ts';
import { invalid, ProblemError } from '../kernel/problem.ts';
import { reportAnswerSchema } from '../reports/answer/report-answer.ts';
import type { Report, ReportSources } from '../reports/index.ts';
import type { LakeReport } from '../reports/lake/lake-report.ts';
import { otherStorefront, reportOfMerchant, reportQuerySchema } from '../reports/run/read-run.ts';
import { runViewSchema } from '../reports/run/run-view.ts';
import { type HttpAnswer, http } from './http.ts';
import { defineContract, type Operation } from './http-contract.ts';
import { answerLakeReport, type LakeReportDeps } from './lake-report-answer.ts';
import { problems } from './problem-answer.ts';

/** The reports of the route: those that are made of the table at once, and the stored ones of the lake. */
interface Routed {
  readonly id: FunctionId;
  readonly reports: readonly Report[];
  readonly ofLake: {
    readonly names: readonly string[];
    readonly named: (name: string) => Promise<LakeReport | undefined>;
    readonly all: () => Promise<readonly LakeReport[]>;
  };
}

interface ReportRouteDeps {
  readonly sources: () => ReportSources;
  readonly lake: () => LakeReportDeps;
}

/**
 * One route for every report of the registries, by its name. For callers it is one operation per report, with the
 * report's own query and answer, so that a new report does not change the contract of the others.
 */
export function reportRoute({ id, reports, ofLake }: Routed, deps: () => ReportRouteDeps) {
  const contract = defineContract({
    id,
    summary: 'A report by its name: each is described at its own address',
    params: z.strictObject({ name: z.enum([...reports.map(({ name }) => name), ...ofLake.names]) }),
    // The report itself defines its parameters.
    query: z.record(z.string(), z.string()),
    answers: { 200: { description: 'The report' } },
    readByStorefronts: true,
    problems: [...new Set([...reports.flatMap(statusesOf), 403, 422])],
  });
  const byName = new Map(reports.map((report) => [report.name, report]));
  const handler = http(contract, deps, async ({ params, query, accepts, caller }, { sources, lake }) => {
    const { onlyStorefront } = caller;
    const report = await ofLake.named(params.name);
    if (report !== undefined) return answerLakeReport(report, { query, accepts, onlyStorefront }, lake());
    if (onlyStorefront !== undefined) throw new ProblemError(problems.ofOneStorefront);
    const ofTable = byName.get(params.name);
    if (ofTable === undefined)
      throw new Error(`the contract lets ${params.name} pass and no report has the name`);
    return answerWith(ofTable, { query, csv: accepts.csv }, sources());
  });
  const operations = async () => [
    ...reports.map((report) => operationOf(id, report)),
    ...(await ofLake.all()).map((report) => operationOfLake(id, report)),
  ];
  return { contract, operations, handler };
}

async function answerWith(
  report: Report,
  wanted: { readonly query: unknown; readonly csv: boolean },
  sources: ReportSources,
): Promise<HttpAnswer> {
  const prepared = report.prepare(wanted.query);
  if (!prepared.ok) throw new ProblemError(invalid(fieldProblems(prepared.error, '#/query')));
  const made = await prepared.value(sources);
  if (!made.ok) throw new ProblemError(made.error);
  const { answer, csv } = made.value;
  return wanted.csv && csv !== undefined ? { status: 200, csv: csv() } : { status: 200, body: answer };
}

const statusesOf = ({ refusals }: Report) => refusals.map(({ status }) => status);

function operationOf(id: FunctionId, report: Report): Operation {
  const { name, summary, shows, query, answer, refusals, offersCsv } = report;
  return {
    params: { name },
    refusals,
    contract: defineContract({
      id,
      summary,
      query,
      answers: { 200: { description: shows, schema: answer, ...(offersCsv ? { csv: true } : {}) } },
      problems: [...new Set([...statusesOf(report), 422])],
    }),
  };
}

function operationOfLake(id: FunctionId, report: LakeReport): Operation {
  const { name, title, says, byStorefront } = report;
  const refusals = byStorefront ? [otherStorefront] : [reportOfMerchant];
  return {
    params: { name },
    refusals,
    contract: defineContract({
      id,
      summary: `${title}, of a period that was or is`,
      query: reportQuerySchema(report),
      answers: {
        200: {
          description: `${says} Stored, or provisional where the period is not over (\`status\`). A page has the numbers, dates and countries of \`Accept-Language\`.`,
          schema: reportAnswerSchema,
          csv: true,
          html: true,
        },
        202: {
          description: 'The report is asked for: ask again after `Retry-After`, at the address in `Location`',
          schema: runViewSchema,
        },
        303: { description: 'The report is large: `Location` is where S3 answers it, for five minutes' },
      },
      readByStorefronts: true,
      problems: [403, 422],
    }),
  };
}
