import * as z from 'zod';
import type { FunctionId } from '../../events/triggers.ts';
import { fieldProblems } from '../kernel/issues.ts';
import { invalid, ProblemError } from '../kernel/problem.ts';
import type { Report, ReportSources } from '../reports/index.ts';
import { type HttpAnswer, http } from './http.ts';
import { defineContract, type Operation } from './http-contract.ts';

/**
 * One route for every report of the registry, by its name. For callers it is one operation per report, with the
 * report's own query and answer, so that a new report does not change the contract of the others.
 */
export function reportRoute(
  { id, reports }: { readonly id: FunctionId; readonly reports: readonly Report[] },
  deps: () => { readonly sources: () => ReportSources },
) {
  const contract = defineContract({
    id,
    summary: 'A report by its name: each is described at its own address',
    params: z.strictObject({ name: z.enum(reports.map(({ name }) => name)) }),
    // The report itself defines its parameters.
    query: z.record(z.string(), z.string()),
    answers: { 200: { description: 'The report' } },
    problems: [...new Set([...reports.flatMap(statusesOf), 422])],
  });
  const byName = new Map(reports.map((report) => [report.name, report]));
  const handler = http(contract, deps, async ({ params, query, accepts }, { sources }) => {
    const report = byName.get(params.name);
    if (report === undefined)
      throw new Error(`the contract lets ${params.name} pass and no report has the name`);
    return answerWith(report, { query, csv: accepts.csv }, sources());
  });
  return { contract, operations: reports.map((report) => operationOf(id, report)), handler };
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
